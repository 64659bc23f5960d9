import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import type { HyperparametersInput } from '@thaw/config';
import { fineTune, type FineTuneOptions } from '../fine-tune';
import { registerMissingKernels } from '../kernels/register-missing-kernels';
import type { ModelFile } from '../save-model';
import { classes, config, digitsBackbone, train, val } from '../testing';
import type { Checkpoint } from './checkpoint';

/** All there is to say about a run: every point, every checkpoint's place, the weights it ends with. */
interface Trace {
  epochs: [number, Record<string, number>][];
  checkpoints: Checkpoint[];
  result: Record<string, unknown>;
  weights: string[];
  probabilities: number[];
}

interface Piece extends Partial<FineTuneOptions> {
  /** Batches, of any kind, until it is paused. */
  pauseAfter?: number;
}

async function run(input: HyperparametersInput, { pauseAfter = Infinity, ...options }: Piece = {}): Promise<Trace> {
  const backbone = await digitsBackbone();
  const epochs: Trace['epochs'] = [];
  const checkpoints: Checkpoint[] = [];
  const pause = new AbortController();
  let batches = 0;
  const result = await fineTune({
    backbone, classes, train, val, config: config(input), signal: pause.signal, checkpointEveryMs: Infinity,
    betweenBatches: () => { if (++batches > pauseAfter) pause.abort(Object.assign(new Error('paused'), { kind: 'paused' })); },
    onEpoch: (epoch, metrics) => { epochs.push([epoch, metrics]); },
    onCheckpoint: (checkpoint) => { checkpoints.push(checkpoint); },
    ...options,
  });
  const weights = backbone.model.getWeights().map((weight) => Buffer.from(weight.dataSync().buffer).toString('base64'));
  const { endReason, error, bestEpoch, epochs: finished, metrics, evaluation } = result;
  result.dispose();
  return { epochs, checkpoints, weights, result: { endReason, error, bestEpoch, finished, metrics, loss: evaluation.loss }, probabilities: [...evaluation.probabilities] };
}

/** As bytes that went through a store. */
const stored = (files: readonly ModelFile[]): ModelFile[] => files.map(({ path, bytes }) => ({ path, bytes: Buffer.from(bytes) }));

async function inPieces(input: HyperparametersInput, every: number): Promise<{ trace: Trace; pieces: number }> {
  const epochs: Trace['epochs'] = [];
  let resumeFrom: ModelFile[] | undefined;
  for (let pieces = 1; ; pieces++) {
    const piece = await run(input, { pauseAfter: every, resumeFrom });
    epochs.push(...piece.epochs);
    if (piece.result.endReason !== 'CANCELLED') return { trace: { ...piece, epochs }, pieces };
    if (piece.checkpoints.length > 0) resumeFrom = stored(piece.checkpoints.at(-1)!.files);
  }
}

beforeAll(async () => {
  await tf.setBackend('wasm');
  registerMissingKernels('wasm');
});

test('in pieces and whole, a run comes to the same numbers', async () => {
  const input = { freeze: 'full', batchNorm: 'train' } as const;
  const whole = await run(input);
  const { trace, pieces } = await inPieces(input, 11);
  expect(pieces).toBe(7);
  expect(trace.epochs).toEqual(whole.epochs);
  expect(trace.weights).toEqual(whole.weights);
  expect(trace.result).toEqual(whole.result);
});
