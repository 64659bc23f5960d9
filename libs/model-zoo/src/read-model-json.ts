import type { io } from '@tensorflow/tfjs';
import { BackboneError } from './backbone-error';

/** Gives the bytes of one of the backbone's files by its path. */
export type ReadFile = (path: string) => Promise<Uint8Array>;

/** A tfjs LayersModel folder, parsed but not yet built. */
export interface ModelJson {
  /** The Keras topology with every initializer replaced by zeros: weights are read anyway, and drawing millions of random numbers takes seconds. */
  topology: object;
  groups: WeightGroup[];
}

export interface WeightGroup {
  /** Paths among the given files, in order. */
  paths: string[];
  weights: io.WeightsManifestEntry[];
}

/** Reads and checks model.json; says what is wrong with it, and what would be right, otherwise. */
export async function readModelJson(files: readonly { path: string }[], readFile: ReadFile): Promise<ModelJson> {
  const paths = files.map((file) => file.path);
  const modelPath = paths.filter((path) => path === 'model.json' || path.endsWith('/model.json')).sort((a, b) => a.length - b.length)[0];
  if (modelPath === undefined) throw new BackboneError([noModelJson(paths)]);

  const json = parseObject(modelPath, await readFile(modelPath));
  const topology = (json.modelTopology as Record<string, unknown> | undefined) ?? json;
  if (json.format === 'graph-model' || 'node' in topology) {
    throw new BackboneError([`${modelPath} is a tfjs graph model, which is frozen for good and cannot be trained. ${wanted}`]);
  }
  const config = (topology.model_config ?? topology) as Record<string, unknown>;
  if (typeof config.class_name !== 'string') {
    throw new BackboneError([`${modelPath} holds no Keras topology (modelTopology with class_name and config). ${wanted}`]);
  }
  if (!Array.isArray(json.weightsManifest)) {
    throw new BackboneError([`${modelPath} has no weightsManifest, so it is not known which files hold the weights. ${wanted}`]);
  }

  const folder = modelPath.slice(0, modelPath.length - 'model.json'.length);
  const groups = (json.weightsManifest as io.WeightsManifestConfig).map(({ paths, weights }) => ({ paths: paths.map((path) => folder + path), weights }));
  const missing = groups.flatMap((group) => group.paths).filter((path) => !paths.includes(path));
  if (missing.length > 0) {
    throw new BackboneError([`${modelPath} names ${missing.length === 1 ? 'a weight file that is' : 'weight files that are'} not there: ${list(missing)}. Import the whole folder.`]);
  }
  return { topology: withoutInitializers(config) as object, groups };
}

const wanted = 'Export a tfjs LayersModel: tensorflowjs_converter --input_format keras, or model.save() of TensorFlow.js.';

function noModelJson(paths: readonly string[]): string {
  if (paths.some((path) => path.endsWith('saved_model.pb'))) return `This is a TensorFlow SavedModel, which cannot be trained here. ${wanted}`;
  if (paths.some((path) => /\.(h5|keras|hdf5)$/i.test(path))) return 'These are several files of Keras. Give the one that holds the whole model, alone.';
  if (paths.some((path) => path.endsWith('.safetensors'))) return 'These are several .safetensors files. Give the one that holds all weights, alone.';
  return `There is no model.json among the files (${list(paths)}). ${wanted}`;
}

function parseObject(path: string, bytes: Uint8Array): Record<string, unknown> {
  try {
    const json: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (json !== null && typeof json === 'object' && !Array.isArray(json)) return json as Record<string, unknown>;
    throw new Error('it is not an object');
  } catch (error) {
    throw new BackboneError([`${path} is not JSON: ${(error as Error).message}. ${wanted}`]);
  }
}

function withoutInitializers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutInitializers);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [
    key,
    /_?initializer$/i.test(key) && entry !== null ? { class_name: 'Zeros', config: {} } : withoutInitializers(entry),
  ]));
}

/** The first few names, and how many more. */
export function list(names: readonly string[], most = 5): string {
  return names.length <= most ? names.join(', ') : `${names.slice(0, most).join(', ')} and ${names.length - most} more`;
}
