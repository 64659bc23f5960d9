import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import { registerMissingKernels } from '../kernels/register-missing-kernels';
import type { ModelFile } from '../save-model';
import { paused, run, stored, train, val } from './testing';
import type { EpochTimes } from './progress';

beforeAll(async () => {
  await tf.setBackend('wasm');
  registerMissingKernels('wasm');
});

const file = (files: readonly ModelFile[], path: string) => files.find((each) => each.path === path)?.bytes;

test('one after every epoch, in little, and what did not change in the same bytes', async () => {
  const { checkpoints, result } = await run({ freeze: 'head', epochs: 5, learningRate: 0.1, batchSize: 20 });
  expect(checkpoints.map(({ epoch, batch, during }) => [epoch, batch, during])).toEqual([1, 2, 3, 4, 5].map((epoch) => [epoch, 0, 'training']));
  expect(checkpoints.filter(({ best }) => best).at(-1)!.epoch).toBe(result.bestEpoch);
  checkpoints.slice(1).forEach(({ best, files }, index) => {
    const before = file(checkpoints[index]!.files, 'best.safetensors')!;
    expect(Buffer.from(before).equals(file(files, 'best.safetensors')!)).toBe(!best);
  });
  expect(checkpoints.some(({ best }) => !best)).toBe(true);
  // A head of 2 × (channels + 1) numbers; when training is over, nothing but the best one.
  const sizes = checkpoints.map(({ files }) => Object.fromEntries(files.map(({ path, bytes }) => [path, bytes.length])));
  for (const size of sizes) expect(size['best.safetensors']).toBeLessThan(8000);
  expect(Object.keys(sizes.at(-1)!)).toEqual(['checkpoint.json', 'best.safetensors']);
});

test('within an epoch as often as asked for', async () => {
  const { checkpoints } = await run({ freeze: 'full', epochs: 2 }, { checkpointEveryMs: 0 });
  expect(checkpoints.map(({ epoch, batch }) => `${epoch}.${batch}`)).toEqual(['1.1', '1.2', '1.3', '1.0', '2.1', '2.2', '2.3', '2.0']);
  expect((await run({ freeze: 'full', epochs: 2 }, { checkpointEveryMs: 3_600_000 })).checkpoints).toHaveLength(2);
});

test('a run that goes on later leaves a checkpoint of its last batch, one that does not leaves none', async () => {
  // Two batches of the first epoch; the third is not begun.
  const { checkpoints, result } = await run({ freeze: 'full' }, { pauseAfter: 2 });
  expect(result).toMatchObject({ endReason: 'CANCELLED', epochs: 0 });
  expect(checkpoints.map(({ epoch, batch }) => [epoch, batch])).toEqual([[1, 2]]);
  // Nothing has happened since.
  expect((await run({ freeze: 'full' }, { pauseAfter: 0, resumeFrom: stored(checkpoints[0]!.files) })).checkpoints).toEqual([]);

  for (const reason of [new Error('cancelled'), Object.assign(new Error('cancelled'), { kind: 'cancelled' }), undefined]) {
    const stop = new AbortController();
    let batches = 0;
    const stopped = await run({ freeze: 'full' }, { signal: stop.signal, betweenBatches: () => { if (++batches === 2) stop.abort(reason); } });
    expect(stopped).toMatchObject({ result: { endReason: 'CANCELLED' }, checkpoints: [] });
  }
});

test('the caller may make training wait, and still stop it', async () => {
  let open = () => {};
  let waits = 0;
  const seen: string[] = [];
  const held = run({ freeze: 'full', epochs: 1 }, {
    betweenBatches: () => (++waits === 2 ? new Promise<void>((resolve) => { open = resolve; }) : undefined),
    onEpoch: () => { seen.push('epoch'); },
  });
  while (waits < 2) await new Promise((resolve) => setImmediate(resolve));
  // Whatever would come next has every chance to.
  for (let turns = 0; turns < 100; turns++) await new Promise((resolve) => setImmediate(resolve));
  expect([waits, seen]).toEqual([2, []]);
  open();
  expect((await held).result).toMatchObject({ endReason: 'COMPLETED' });
  expect(seen).toEqual(['epoch']);

  const stop = new AbortController();
  const stuck = run({ freeze: 'full' }, { signal: stop.signal, betweenBatches: () => { setImmediate(() => stop.abort(paused())); return new Promise(() => {}); } });
  expect((await stuck).result).toMatchObject({ endReason: 'CANCELLED' });
});

test('finishing early is early stopping: the best epoch, evaluated', async () => {
  for (const restoreBestWeights of [true, false]) {
    const input = { freeze: 'fine_tune', headEpochs: 2, epochs: 40, learningRate: 0.02, restoreBestWeights } as const;
    const finish = new AbortController();
    let batches = 0;
    const points: Record<string, number>[] = [];
    const { result, checkpoints } = await run(input, {
      finishEarly: finish.signal, checkpointEveryMs: 3_600_000,
      betweenBatches: () => { if (points.length === 3 && ++batches === 2) finish.abort(); },
      onEpoch: (_, metrics) => { points.push(metrics); },
    });
    expect(result).toMatchObject({ endReason: 'EARLY_STOPPED', epochs: 3, metrics: { 'train/loss': points[result.bestEpoch - 1]!['train/loss'] } });
    expect(result.evaluation.loss).toBeCloseTo(points[result.bestEpoch - 1]!['val/loss']!, 4);
    expect(result.evaluation.probabilities).toHaveLength(val.count * 2);

    // Lost while it was evaluated, it is evaluated again and nothing else.
    const phases: string[] = [];
    const again = await run(input, { resumeFrom: stored(checkpoints.at(-1)!.files), onPhase: (phase) => { phases.push(phase); } });
    expect(again).toMatchObject({ points: [], checkpoints: [], result });
    expect(phases).toEqual(['evaluating']);
  }
});

test('finished before its first epoch, a run has the model as it stands', async () => {
  for (const [freeze, phases] of [['full', ['fine-tuning', 'evaluating']], ['head', ['features', 'evaluating']]] as const) {
    const seen: string[] = [];
    const { result, checkpoints } = await run({ freeze }, { finishEarly: AbortSignal.abort(), onPhase: (phase) => { if (seen.at(-1) !== phase) seen.push(phase); } });
    expect(result).toMatchObject({ endReason: 'EARLY_STOPPED', epochs: 0, bestEpoch: 0, metrics: { 'val/loss': result.evaluation.loss, 'val/accuracy': result.evaluation.accuracy } });
    expect(result.evaluation.loss).toBeGreaterThan(0);
    expect(seen).toEqual(phases);
    expect((await run({ freeze }, { resumeFrom: stored(checkpoints.at(-1)!.files) })).result).toEqual(result);
  }
});

/** Keeps this thread busy, as decoding in it would. */
function spin(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

test('an epoch says where its time went, a continued one in all its parts', async () => {
  const times: EpochTimes[] = [];
  const slow = { ...train, read: (index: number, view: Parameters<typeof train.read>[1]) => { spin(3); return train.read(index, view); } };
  const options = { train: slow, onEpochTimes: (_: number, given: EpochTimes) => { times.push(given); } };
  const { checkpoints } = await run({ freeze: 'full', epochs: 1 }, { ...options, pauseAfter: 2 });
  await run({ freeze: 'full', epochs: 1 }, { ...options, resumeFrom: stored(checkpoints[0]!.files) });
  expect(times).toHaveLength(1);
  const [{ pictures, dataMs, stepMs, evaluationMs, totalMs }] = times as [EpochTimes];
  expect(pictures).toBe(train.count);
  expect(dataMs).toBeGreaterThanOrEqual(3 * train.count);
  expect(stepMs).toBeGreaterThan(0);
  expect(evaluationMs).toBeGreaterThan(0);
  expect(dataMs + stepMs + evaluationMs).toBeLessThanOrEqual(totalMs);
});

test('nothing is left in memory by checkpoints and what goes on from them', async () => {
  const before = tf.memory().numTensors;
  const input = { freeze: 'gradual', headEpochs: 1, unfreezeEvery: 1, batchNorm: 'train' } as const;
  const { checkpoints } = await run(input, { checkpointEveryMs: 0 });
  await run(input, { resumeFrom: stored(checkpoints[5]!.files), pauseAfter: 3 });
  await run(input, { resumeFrom: stored(checkpoints.at(-1)!.files) });
  expect(tf.memory().numTensors).toBe(before);
});
