import type { Preprocessing } from '@thaw/model-zoo';
import { ModelExportError } from './model-export-error';
import type { Constant } from './graph/graph';
import { sizeOf } from './graph/graph';

export interface ModelFile {
  path: string;
  bytes: Uint8Array;
}

/** One call of a layer, in the words of the Keras topology. */
export interface LayerCall {
  name: string;
  className: string;
  config: Record<string, unknown>;
  /** Names of the layers whose outputs it reads. */
  inputs: readonly string[];
  /** By the last part of their names: kernel, bias, gamma, … */
  weights: ReadonlyMap<string, Constant>;
}

export interface Model {
  /** Each after those it reads; the first is the input, the last the output. */
  layers: readonly LayerCall[];
  labels: readonly string[];
  /** preprocessing.json */
  preprocessing: Preprocessing;
}

/** Reads the model a run ends with: model.json, its weights, labels.json, preprocessing.json. Throws ModelExportError. */
export function readModel(files: readonly ModelFile[]): Model {
  const json = parse<{ modelTopology?: Topology; weightsManifest?: WeightGroup[] }>(files, 'model.json');
  const labels = parse<unknown>(files, 'labels.json');
  const preprocessing = parse<Preprocessing>(files, 'preprocessing.json');
  if (!Array.isArray(labels) || labels.some((label) => typeof label !== 'string')) throw damaged('labels.json is not a list of names');
  if (!(preprocessing.inputSize > 0)) throw damaged('preprocessing.json gives no inputSize');
  const model = json.modelTopology?.model_config ?? json.modelTopology;
  if (!model?.config || !Array.isArray(json.weightsManifest)) throw damaged('model.json holds no Keras topology with a weightsManifest');
  return { layers: layerCalls(model, readWeights(files, json.weightsManifest)), labels: labels as string[], preprocessing };
}

interface Topology {
  class_name?: string;
  config?: { layers?: LayerJson[]; input_layers?: unknown[]; output_layers?: unknown[] };
  model_config?: Topology;
}
interface LayerJson {
  class_name: string;
  name?: string;
  config: Record<string, unknown> & { name: string };
  inbound_nodes?: [string, number, number, unknown][][];
}
interface WeightGroup {
  paths: string[];
  weights: { name: string; shape: number[]; dtype: string; quantization?: unknown }[];
}

function layerCalls({ class_name: className, config }: Topology, weights: Map<string, Map<string, Constant>>): LayerCall[] {
  const layers = config!.layers;
  if (!Array.isArray(layers) || layers.length < 2) throw damaged('model.json lists no layers');
  const sequential = className === 'Sequential';
  const calls = new Map(layers.map((layer, index): [string, LayerCall] => {
    const name = layer.name ?? layer.config.name;
    const nodes = layer.inbound_nodes ?? [];
    if (nodes.length > 1) throw new ModelExportError(`The layer ${name} is called ${nodes.length} times, which only the format tfjs can hold.`);
    const inputs = sequential ? (index > 0 ? [layers[index - 1]!.config.name] : []) : (nodes[0] ?? []).map(([from]) => from);
    return [name, { name, className: layer.class_name, config: layer.config, inputs, weights: weights.get(name) ?? new Map() }];
  }));
  const output = sequential ? layers.at(-1)!.config.name : firstName(config!.output_layers);
  return inOrder(calls, output);
}

/** [["name", 0, 0]] or ["name", 0, 0] */
function firstName(references: unknown): string {
  const [first] = (references ?? []) as unknown[];
  return Array.isArray(first) ? (first[0] as string) : (first as string);
}

/** What the output needs, depth first. */
function inOrder(calls: ReadonlyMap<string, LayerCall>, output: string): LayerCall[] {
  const ordered = new Set<LayerCall>();
  const pending = [output];
  while (pending.length > 0) {
    const call = calls.get(pending.at(-1)!);
    if (!call) throw damaged(`model.json connects a layer to ${pending.at(-1)}, which it does not describe`);
    const waitingFor = call.inputs.filter((name) => !ordered.has(calls.get(name)!));
    if (pending.length > calls.size * 2 + 2) throw damaged(`the layers of model.json form a circle at ${call.name}`);
    if (waitingFor.length > 0) pending.push(waitingFor[0]!);
    else ordered.add(calls.get(pending.pop()!)!);
  }
  return [...ordered];
}

/** By layer, then by the last part of the weight's name. */
function readWeights(files: readonly ModelFile[], groups: readonly WeightGroup[]): Map<string, Map<string, Constant>> {
  const layers = new Map<string, Map<string, Constant>>();
  for (const { paths, weights } of groups) {
    const bytes = Buffer.concat(paths.map((path) => fileNamed(files, path)));
    const wanted = weights.reduce((sum, { shape }) => sum + 4 * sizeOf(shape), 0);
    const odd = weights.find(({ dtype, quantization }) => dtype !== 'float32' || quantization);
    if (odd) throw damaged(`the weight ${odd.name} is ${odd.quantization ? 'quantized' : odd.dtype}, not float32`);
    if (bytes.length !== wanted) throw damaged(`${paths.join(' + ')} is ${bytes.length} bytes instead of ${wanted}`);
    let offset = 0;
    for (const { name, shape } of weights) {
      const size = sizeOf(shape);
      const values = new Float32Array(size);
      Buffer.from(values.buffer).set(bytes.subarray(offset, offset += 4 * size));
      const cut = name.lastIndexOf('/');
      const layer = name.slice(0, cut);
      if (!layers.has(layer)) layers.set(layer, new Map());
      layers.get(layer)!.set(name.slice(cut + 1), { values, shape });
    }
  }
  return layers;
}

function parse<T>(files: readonly ModelFile[], path: string): T {
  try {
    return JSON.parse(new TextDecoder().decode(fileNamed(files, path))) as T;
  } catch (error) {
    throw error instanceof ModelExportError ? error : damaged(`${path} is not JSON (${(error as Error).message})`);
  }
}

function fileNamed(files: readonly ModelFile[], path: string): Uint8Array {
  const file = files.find((each) => each.path === path);
  if (!file) throw damaged(`it has no file ${path}`);
  return file.bytes;
}

const damaged = (what: string): ModelExportError => new ModelExportError(`The model is damaged: ${what}. The format tfjs still gives its files as they are.`);
