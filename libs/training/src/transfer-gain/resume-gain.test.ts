import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import { CheckpointUnfit, type Checkpoint } from '../checkpoint/checkpoint';
import { classes, paused, stored, train, val } from '../checkpoint/testing';
import { fineTune } from '../fine-tune';
import { registerMissingKernels } from '../kernels/register-missing-kernels';
import type { ModelFile } from '../save-model';
import { config, digitsBackbone } from '../testing';
import { measureTransferGain, type MeasureGainOptions } from './measure-gain';

beforeAll(async () => {
  await tf.setBackend('wasm');
  registerMissingKernels('wasm');
});

const run = { classes, train, val, config: config({ freeze: 'last_blocks', transferGain: 'both', epochs: 2, batchSize: 8 }) };

/** A trainer's work on a run, from nothing or from a checkpoint: the run's own training, then its baselines. */
async function work({ resumeFrom, ...options }: Partial<MeasureGainOptions> & { resumeFrom?: readonly ModelFile[] } = {}) {
  const checkpoints: Checkpoint[] = [];
  const epochs: string[] = [];
  const onCheckpoint = (checkpoint: Checkpoint) => { checkpoints.push(checkpoint); };
  const tuned = await fineTune({ ...run, backbone: await digitsBackbone(), resumeFrom, onCheckpoint, onEpoch: (epoch, metrics) => { epochs.push(`run ${epoch} ${metrics['val/loss']}`); } });
  tuned.dispose();
  const gains: unknown = await measureTransferGain({
    ...run, ...tuned, loadBackbone: digitsBackbone, signal: new AbortController().signal, resumeFrom, onCheckpoint, checkpointEveryMs: 0,
    onEpoch: (baseline, epoch, metrics) => { epochs.push(`${baseline} ${epoch} ${metrics['val/loss']}`); },
    ...options,
  }).catch((error: unknown) => error);
  return { gains, checkpoints, epochs, evaluation: tuned.evaluation, metrics: tuned.metrics };
}

test('a trainer lost while a baseline trains costs nothing that was trained before', async () => {
  const whole = await work();
  const places = whole.checkpoints.map(({ during, epoch, batch }) => `${during} ${epoch}.${batch}`);
  // Of the run: each epoch. Of each baseline: each batch and epoch, and that it is done.
  const epochOf = (baseline: string, epoch: number) => [1, 2, 3, 0].map((batch) => `${baseline} ${epoch}.${batch}`);
  expect(places).toEqual(['training 1.0', 'training 2.0', ...epochOf('probe', 3), ...epochOf('probe', 4), 'probe 4.0', ...epochOf('twin', 5), ...epochOf('twin', 6), 'twin 6.0']);
  for (const at of [1, 3, 6, 10, 12, 16, 19]) {
    const { checkpoints, epochs, ...rest } = await work({ resumeFrom: stored(whole.checkpoints[at]!.files) });
    const { checkpoints: all, epochs: seen, ...same } = whole;
    expect(rest).toEqual(same);
    expect(epochs).toEqual(seen.slice(seen.length - epochs.length));
    expect(epochs.some((epoch) => epoch.startsWith('run'))).toBe(false);
    // Only what comes after it is taken again.
    expect(checkpoints).toHaveLength(all.length - at - 1);
    if (at > 10) expect(epochs.some((epoch) => epoch.startsWith('probe'))).toBe(false);
  }
});

test('paused within a baseline, it leaves a checkpoint of that batch and throws', async () => {
  const pause = new AbortController();
  let batches = Number.NaN;
  const { gains, checkpoints } = await work({
    signal: pause.signal, checkpointEveryMs: 3_600_000,
    onPhase: (phase) => { if (phase === 'probe: head') batches = 0; },
    betweenBatches: () => { if (++batches === 3) pause.abort(paused()); },
  });
  expect(gains).toMatchObject({ kind: 'paused' });
  expect(checkpoints.at(-1)).toMatchObject({ during: 'probe', best: false });
  expect((await work({ resumeFrom: stored(checkpoints.at(-1)!.files) })).gains).toEqual((await work()).gains);
});

test('a run that is finished early leaves the rest of its baselines out', async () => {
  const finish = new AbortController();
  const { gains } = await work({ finishEarly: finish.signal, onPhase: (phase) => { if (phase === 'twin: fine-tuning') finish.abort(); } });
  expect(gains).toMatchObject([{ baseline: 'probe', problem: null }, { baseline: 'twin', gain: null, problem: 'The run was finished early, without it.' }]);
});

test('a damaged checkpoint of a baseline is refused', async () => {
  const { checkpoints } = await work();
  const files = stored(checkpoints[12]!.files);
  const own = files.find(({ path }) => path.startsWith('twin/') && path.endsWith('.safetensors'))!;
  own.bytes[own.bytes.length - 1]! ^= 1;
  const { gains } = await work({ resumeFrom: files });
  expect(gains).toBeInstanceOf(CheckpointUnfit);
  expect(gains).toMatchObject({ reason: 'damaged' });
});
