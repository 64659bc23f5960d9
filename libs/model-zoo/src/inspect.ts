import type * as tf from '@tensorflow/tfjs';
import { BackboneError } from './backbone-error';
import type { BackboneSpec } from './catalogue';
import { inferStructure } from './infer-structure';
import { loadKeras } from './keras/load-keras';
import { usualPreprocessing } from './keras/usual-preprocessing';
import { loadLayersModel } from './load-layers-model';
import { findKerasArchitecture } from './keras/architectures';
import { list, type ReadFile } from './read-model-json';
import { fitSafetensors } from './safetensors/load-safetensors';

export type InspectedBackbone = { ok: true; spec: BackboneSpec; parameters: number; /** names, input first */ layers: string[] } | { ok: false; problems: string[] };

/**
 * Whether a folder is a backbone Thaw can train, and what it is. The name is left as "backbone" and the pixel
 * range as −1 to 1 (what MobileNet and most tfjs models expect): the importer knows better.
 */
export function inspectLayersModel(files: readonly { path: string }[], readFile: ReadFile): Promise<InspectedBackbone> {
  return inspect(async () => {
    const model = await loadLayersModel(files, readFile);
    const inputSize = model.inputs[0]!.shape[1]!;
    return { model, structure: { ...inferStructure(model), preprocessing: { inputSize, resize: 'fill', range: [-1, 1] } } };
  });
}

/** Whether a .safetensors file holds the weights of the architecture of this name (see fitSafetensors). */
export function inspectSafetensors(path: string, readFile: ReadFile, name: string): Promise<InspectedBackbone> {
  return inspect(async () => {
    const { model, architecture: { preprocessing, blocks, featureLayer } } = await fitSafetensors(name, path, readFile);
    return { model, structure: { architecture: name, preprocessing, blocks, featureLayer } };
  });
}

/**
 * Whether a file of Keras is a backbone: a whole model, or weights alone of the architecture of this name. How pictures
 * are prepared is what the known networks of Keras Applications take, and 0 to 255 where the model scales itself.
 */
export function inspectKeras(path: string, readFile: ReadFile, name?: string | null): Promise<InspectedBackbone> {
  return inspect(async () => {
    const model = await loadKeras(path, readFile, name);
    const known = name ? findKerasArchitecture(name) : null;
    const inputSize = model.inputs[0]!.shape[1]!;
    if (known) return { model, structure: { architecture: name!, preprocessing: known.preprocessing, blocks: known.blocks, featureLayer: known.featureLayer } };
    return { model, structure: { ...inferStructure(model), preprocessing: { inputSize, resize: 'fill', ...usualPreprocessing(model) } } };
  });
}

interface Inspectable {
  model: tf.LayersModel;
  structure: Omit<BackboneSpec, 'name'>;
}

async function inspect(load: () => Promise<Inspectable>): Promise<InspectedBackbone> {
  let model: tf.LayersModel | null = null;
  try {
    const loaded = await load();
    ({ model } = loaded);
    const problems = [...inputProblems(model), ...weightProblems(model)];
    if (problems.length > 0) return { ok: false, problems };
    const spec: BackboneSpec = { name: 'backbone', ...loaded.structure };
    return { ok: true, spec, parameters: model.countParams(), layers: model.layers.map(({ name }) => name) };
  } catch (error) {
    if (error instanceof BackboneError) return { ok: false, problems: error.problems };
    throw error;
  } finally {
    model?.dispose();
  }
}

/** One value that is no number makes every prediction so. */
function weightProblems(model: tf.LayersModel): string[] {
  const broken = model.weights.filter((weight) => weight.read().dataSync().some((value) => !Number.isFinite(value))).map(({ originalName }) => originalName);
  if (broken.length === 0) return [];
  return [`${broken.length} of the model's weights hold NaN or infinity: ${list(broken)}. The training that wrote them had diverged; take an earlier state.`];
}

function inputProblems(model: tf.LayersModel): string[] {
  if (model.inputs.length !== 1 || model.outputs.length !== 1) {
    return [`The model has ${model.inputs.length} inputs and ${model.outputs.length} outputs; a backbone has one of each.`];
  }
  const [, height, width, channels, ...rest] = model.inputs[0]!.shape;
  const shape = `[${model.inputs[0]!.shape.slice(1).map((side) => side ?? 'any').join(', ')}]`;
  if (rest.length > 0 || channels === undefined) return [`The model takes ${shape}; a backbone takes pictures, [size, size, 3].`];
  if (channels !== 3) return [`The model takes ${shape}; a backbone takes RGB pictures, with 3 channels last.`];
  if (height === null || width === null) return [`The model takes pictures of any size, ${shape}. Export it with a fixed input, such as [224, 224, 3].`];
  if (height !== width) return [`The model takes ${height} × ${width} pixels; a backbone takes square pictures.`];
  return [];
}
