import * as tf from '@tensorflow/tfjs';
import { randomStream } from '../random';
import { ahead } from './ahead';
import { augmentationOf, drawsByChance, keptView, keptViews, noAugmentation, type AugmentationSettings, type View } from './augmentation/view';
import type { FeatureTable, FeatureTableSize, FeatureTableWriter } from './feature-store';
import type { ReadPictures } from './picture-batches';
import { range, type StageInputsOptions } from './stage-inputs';

interface FrozenFeatures {
  /** The kept view of each picture that the epoch's seed draws; null: the first one. */
  batch(indices: readonly number[], epoch: number | null): Promise<tf.Tensor>;
  dispose(): void;
}

interface FrozenFeaturesOptions extends StageInputsOptions {
  pooled: boolean;
  readPictures: ReadPictures;
  frozenPart(batch: tf.Tensor): tf.Tensor;
}

/** Raise it whenever the same network comes to other numbers: what older versions kept is then not found. */
const computedBy = 1;

/** From memory when they fit, row by row from the store when they do not; null when there is room in neither. */
export async function frozenFeatures(options: FrozenFeaturesOptions): Promise<FrozenFeatures | null> {
  const { source, network, staged, config, pooled, memory } = options;
  const settings = settingsOf(options);
  const views = keptViews(settings, config.augmentedViews);
  const shape = network.graph[staged.frozenUpTo]!.output.shape.slice(1).map((side) => side ?? 1);
  const rowShape = pooled ? [shape.at(-1)!] : shape;
  const size = { rows: source.count, values: rowShape.reduce((product, side) => product * side, 1) };
  const drawn = (index: number, epoch: number | null) => drawnView(config, views, index, epoch);

  const bytes = views * size.rows * size.values * 4;
  if (memory.take(bytes)) {
    const all = await inMemory(options, settings, views, size, rowShape).catch((error: unknown) => {
      memory.giveBack(bytes);
      throw error;
    });
    return {
      batch: (indices, epoch) => Promise.resolve(tf.tidy(() => tf.gather(all, tf.tensor1d(indices.map((index) => drawn(index, epoch) * size.rows + index), 'int32')))),
      dispose() {
        all.dispose();
        memory.giveBack(bytes);
      },
    };
  }

  const tables = await onDisk(options, settings, views, size);
  return tables && {
    async batch(indices, epoch) {
      const values = await readViews(tables, indices, indices.map((index) => drawn(index, epoch)), size.values);
      return tf.tensor(values, [indices.length, ...rowShape]);
    },
    dispose: () => void Promise.all(tables.map((table) => table.close())),
  };
}

const settingsOf = ({ training, config }: Pick<StageInputsOptions, 'training' | 'config'>): AugmentationSettings => (training ? config : noAugmentation);

/** Number of the kept view that an epoch sees of a picture. */
const drawnView = ({ seed }: Pick<StageInputsOptions['config'], 'seed'>, views: number, index: number, epoch: number | null) =>
  (views === 1 || epoch === null ? 0 : Math.floor(randomStream(seed, 'view', epoch, index)() * views));

/** The kept view itself, of each picture in each epoch. */
export function viewsOf(options: Pick<StageInputsOptions, 'training' | 'config'>): (index: number, epoch: number) => View {
  const settings = settingsOf(options);
  const views = keptViews(settings, options.config.augmentedViews);
  return (index, epoch) => keptView(settings, drawnView(options.config, views, index, epoch), index);
}

/** [views × pictures, …]: all pictures in one view, then all in the next. */
async function inMemory(options: FrozenFeaturesOptions, settings: AugmentationSettings, views: number, size: FeatureTableSize, rowShape: number[]): Promise<tf.Tensor> {
  const parts: tf.Tensor[] = [];
  try {
    for (let view = 0; view < views; view++) {
      const table = await openTable(options, settings, view, size);
      const values = table ? await table.read(range(0, size.rows)) : new Float32Array(size.rows * size.values);
      if (!table) {
        const writer = await createTable(options, settings, view, size);
        let row = 0;
        await compute(options, settings, view, async (rows) => {
          values.set(rows, row);
          row += rows.length;
          await writer?.append(rows);
        }).catch(async (error: unknown) => {
          await writer?.discard();
          throw error;
        });
        await (await writer?.finish())?.close();
      }
      await table?.close();
      parts.push(tf.tensor(values, [size.rows, ...rowShape]));
    }
    return views === 1 ? tf.clone(parts[0]!) : tf.concat(parts, 0);
  } finally {
    tf.dispose(parts);
  }
}

async function onDisk(options: FrozenFeaturesOptions, settings: AugmentationSettings, views: number, size: FeatureTableSize): Promise<FeatureTable[] | null> {
  const tables: FeatureTable[] = [];
  let complete = false;
  try {
    for (let view = 0; view < views; view++) {
      const table = (await openTable(options, settings, view, size)) ?? (await computeTable(options, settings, view, size));
      if (!table) return null;
      tables.push(table);
    }
    complete = true;
    return tables;
  } finally {
    if (!complete) await Promise.all(tables.map((table) => table.close()));
  }
}

async function computeTable(options: FrozenFeaturesOptions, settings: AugmentationSettings, view: number, size: FeatureTableSize): Promise<FeatureTable | null> {
  const writer = await createTable(options, settings, view, size);
  if (!writer) return null;
  try {
    await compute(options, settings, view, (rows) => writer.append(rows));
  } catch (error) {
    await writer.discard();
    throw error;
  }
  return writer.finish();
}

/** Runs every picture through the frozen part, a chunk at a time. */
async function compute({ source, config, readPictures, frozenPart, onComputing, betweenBatches }: FrozenFeaturesOptions, settings: AugmentationSettings, view: number, write: (rows: Float32Array) => Promise<void>): Promise<void> {
  onComputing();
  const chunk = featureChunk(config.batchSize);
  const viewOf = (index: number) => keptView(settings, view, index);
  const load = (number: number) => readPictures(range(number * chunk, Math.min((number + 1) * chunk, source.count)), viewOf);
  for await (const { item } of ahead(Math.ceil(source.count / chunk), load, (input) => input.dispose())) {
    try {
      await betweenBatches();
      const output = frozenPart(item);
      await write((await output.data()) as Float32Array);
      output.dispose();
    } finally {
      item.dispose();
    }
  }
}

/** Pictures at a time. The same for every batch size from 32 up, so that a sweep over them shares its features: the last bits of a row may depend on the rows beside it. */
export const featureChunk = (batchSize: number) => Math.min(batchSize, 32);

function openTable({ features, ...options }: FrozenFeaturesOptions, settings: AugmentationSettings, view: number, size: FeatureTableSize): Promise<FeatureTable | null> | null {
  const key = tableKey(options, settings, view, features?.backbone);
  return features && key ? features.store.open(key, size) : null;
}

function createTable({ features, ...options }: FrozenFeaturesOptions, settings: AugmentationSettings, view: number, size: FeatureTableSize): Promise<FeatureTableWriter | null> | null {
  const key = tableKey(options, settings, view, features?.backbone);
  return features && key ? features.store.create(key, size) : null;
}

/** Everything the numbers of a table depend on, but for the backend, which the store knows. */
function tableKey({ source, network, staged, preprocessing, pooled, config }: Omit<FrozenFeaturesOptions, 'features'>, settings: AugmentationSettings, view: number, backbone?: string): string | null {
  if (source.digest === undefined || backbone === undefined || !config.pretrained) return null;
  const seen = drawsByChance(settings) ? { ...augmentationOf(settings), view } : keptView(settings, view, 0);
  const layer = network.graph[staged.frozenUpTo]!.layer.name;
  return JSON.stringify({ computedBy, pictures: source.digest, backbone, layer, pooled, preprocessing, seen, chunk: featureChunk(config.batchSize) });
}

/** A row of each index, from the table of its view. */
async function readViews(tables: readonly FeatureTable[], indices: readonly number[], views: readonly number[], values: number): Promise<Float32Array> {
  const result = new Float32Array(indices.length * values);
  await Promise.all(tables.map(async (table, view) => {
    const places = range(0, indices.length).filter((place) => views[place] === view);
    const rows = await table.read(places.map((place) => indices[place]!));
    places.forEach((place, row) => result.set(rows.subarray(row * values, (row + 1) * values), place * values));
  }));
  return result;
}
