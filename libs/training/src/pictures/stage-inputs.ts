import * as tf from '@tensorflow/tfjs';
import type { Preprocessing } from '@thaw/model-zoo';
import { breathe } from '../breathe';
import type { Network, StagedNetwork } from '../network/network';
import type { PictureSource } from './picture-source';
import { byteTables, writeInput } from './preprocess';

/** The pictures, as far through the network as it is frozen. */
export interface StageInputs {
  count: number;
  labels: Int32Array;
  /** What the trained part of the network reads for these pictures; the caller disposes of it. */
  batch(indices: readonly number[], mirrored: readonly boolean[] | null): Promise<tf.Tensor>;
  /** Position in the graph where batch() stands; `pooled` when it has gone through the head's pooling as well. */
  from: number;
  pooled: boolean;
  dispose(): void;
}

const inference = { training: false, nextSeed: () => 0 };
/** Above this the frozen part is computed anew for every batch. */
const cacheLimitBytes = 2 ** 30;

export interface StageInputsOptions {
  source: PictureSource;
  network: Network;
  staged: StagedNetwork;
  preprocessing: Preprocessing;
  batchSize: number;
  /** Whether batches ask for mirrored pictures too. */
  mirrors: boolean;
  signal: AbortSignal;
}

/** Computes the frozen part of the network once per picture, so that every epoch reuses it. */
export async function stageInputs(options: StageInputsOptions): Promise<StageInputs> {
  const { source, network, staged, mirrors } = options;
  const pictures = pictureInputs(options);
  if (staged.frozenUpTo === 0) return pictures;

  const pooled = staged.frozenUpTo === network.graph.length - 1;
  const frozenPart = (batch: tf.Tensor) => tf.tidy(() => {
    const value = staged.body.run(0, batch, staged.frozenUpTo, inference);
    return pooled ? network.head.pool(value) : value;
  });
  const place = { count: source.count, labels: source.labels, from: staged.frozenUpTo, pooled };
  const views = mirrors ? [false, true] : [false];

  const shape = network.graph[staged.frozenUpTo]!.output.shape.slice(1);
  const values = pooled ? shape.at(-1)! : shape.reduce<number>((product, side) => product * (side ?? 1), 1);
  if (source.count * views.length * values * 4 > cacheLimitBytes) {
    return {
      ...place,
      async batch(indices, mirrored) {
        const input = await pictures.batch(indices, mirrored);
        const output = frozenPart(input);
        input.dispose();
        return output;
      },
      dispose: () => {},
    };
  }

  const cache = await computeCache(options, pictures, frozenPart, views);
  return {
    ...place,
    batch: (indices, mirrored) => Promise.resolve(tf.tidy(() => {
      const rows = indices.map((index, row) => (mirrored?.[row] ? source.count + index : index));
      return tf.gather(cache, tf.tensor1d(rows, 'int32'));
    })),
    dispose: () => cache.dispose(),
  };
}

/** [views × count, …]: all pictures as they are, then all mirrored. */
async function computeCache({ source, batchSize, signal }: StageInputsOptions, pictures: StageInputs, frozenPart: (batch: tf.Tensor) => tf.Tensor, views: boolean[]): Promise<tf.Tensor> {
  const parts: tf.Tensor[] = [];
  try {
    for (const mirrored of views) {
      for (let start = 0; start < source.count; start += batchSize) {
        signal.throwIfAborted();
        const indices = range(start, Math.min(start + batchSize, source.count));
        const input = await pictures.batch(indices, indices.map(() => mirrored));
        parts.push(frozenPart(input));
        input.dispose();
        await breathe();
      }
    }
    return tf.concat(parts, 0);
  } finally {
    tf.dispose(parts);
  }
}

function pictureInputs({ source, preprocessing }: StageInputsOptions): StageInputs {
  const side = preprocessing.inputSize;
  const tables = byteTables(preprocessing);
  return {
    count: source.count,
    labels: source.labels,
    from: 0,
    pooled: false,
    async batch(indices, mirrored) {
      const values = new Float32Array(indices.length * side * side * 3);
      const pictures = await Promise.all(indices.map((index) => source.read(index)));
      pictures.forEach((bytes, row) => writeInput(bytes, side, tables, values, row * side * side * 3, mirrored?.[row] ?? false));
      return tf.tensor4d(values, [indices.length, side, side, 3]);
    },
    dispose: () => {},
  };
}

export const range = (start: number, end: number): number[] => Array.from({ length: end - start }, (_, index) => start + index);
