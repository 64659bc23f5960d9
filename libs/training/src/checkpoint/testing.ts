import { createHash } from 'node:crypto';
import type { HyperparametersInput } from '@thaw/config';
import { mnistDigits } from '../../scripts/mnist-digits';
import { fineTune, type FineTuned, type FineTuneOptions } from '../fine-tune';
import type { PictureSource } from '../pictures/picture-source';
import type { ModelFile } from '../save-model';
import { config, digitsBackbone } from '../testing';
import type { Checkpoint } from './checkpoint';

/** Two and a half batches of 8, unevenly of two classes. */
export const classes = ['5', '6'];
const digits = mnistDigits([5, 6], 0, 11);
export const train: PictureSource = { ...digits, count: 20, labels: digits.labels.slice(0, 20) };
export const val: PictureSource = mnistDigits([5, 6], 20, 25);

/** Everything there is to compare of a run. */
export interface Trace {
  points: [number, Record<string, number>][];
  checkpoints: Checkpoint[];
  result: Pick<FineTuned, 'endReason' | 'error' | 'bestEpoch' | 'epochs' | 'metrics' | 'evaluation'>;
  /** Of the backbone, as bytes. */
  weights: string[];
}

export interface Piece extends Partial<FineTuneOptions> {
  /** Batches of any kind, those of evaluations included, until it is paused. */
  pauseAfter?: number;
}

export const paused = () => Object.assign(new Error('It is paused.'), { kind: 'paused' });

export async function run(input: HyperparametersInput, { pauseAfter = Infinity, ...options }: Piece = {}): Promise<Trace> {
  const backbone = await digitsBackbone();
  const points: Trace['points'] = [];
  const checkpoints: Checkpoint[] = [];
  const pause = new AbortController();
  let batches = 0;
  const tuned = await fineTune({
    backbone, classes, train, val, config: config({ batchSize: 8, epochs: 3, ...input }), signal: pause.signal,
    betweenBatches: () => { if (++batches > pauseAfter) pause.abort(paused()); },
    onEpoch: (epoch, metrics) => { points.push([epoch, metrics]); },
    onCheckpoint: (checkpoint) => { checkpoints.push(checkpoint); },
    ...options,
  });
  const { endReason, error, bestEpoch, epochs, metrics, evaluation } = tuned;
  const weights = backbone.model.getWeights().map((weight) => Buffer.from(weight.dataSync().buffer).toString('base64'));
  tuned.dispose();
  return { points, checkpoints, result: { endReason, error, bestEpoch, epochs, metrics, evaluation }, weights };
}

/** As bytes that come from a store. */
export const stored = (files: readonly ModelFile[]): ModelFile[] => files.map(({ path, bytes }) => ({ path, bytes: Buffer.from(bytes) }));

/** Paused again and again, `after` so many batches of any kind each time, and continued by another process's means: files alone. */
export async function inPieces(input: HyperparametersInput, after: readonly number[], options: Partial<FineTuneOptions> = {}): Promise<Trace & { pieces: number }> {
  const points: Trace['points'] = [];
  let resumeFrom: ModelFile[] | undefined;
  for (let pieces = 1; ; pieces++) {
    const piece = await run(input, { ...options, pauseAfter: after[pieces - 1], resumeFrom });
    points.push(...piece.points);
    if (piece.result.endReason !== 'CANCELLED') return { ...piece, points, pieces };
    resumeFrom = piece.checkpoints.length > 0 ? stored(piece.checkpoints.at(-1)!.files) : resumeFrom;
  }
}

/** What a checkpoint says and holds, without how long anything took. */
export function contents({ files, ...place }: Checkpoint): object {
  const [description, ...tensors] = files;
  const { state: { progress: { running, ...progress }, ...state } } = JSON.parse(new TextDecoder().decode(description!.bytes));
  return { ...place, state, progress, running: running && { ...running, times: null }, tensors: tensors.map(({ path, bytes }) => [path, createHash('sha256').update(bytes).digest('hex')]) };
}
