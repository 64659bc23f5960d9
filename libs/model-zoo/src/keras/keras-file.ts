import { BackboneError } from '../backbone-error';
import type { KerasNode } from './keras-nodes';
import { type H5Contents, type H5Tensor, readH5 } from './read-h5';
import { zipEntries } from './zip-entries';

/** A file Keras wrote, its topology still as JSON. */
export interface KerasFile {
  /** null where a file holds weights alone */
  topology: { class_name: string; config: Record<string, unknown> } | null;
  /** 2 or 3 */
  generation: number;
  /** What the file holds for a node, in the order of the layer's weights: first those that are trained. */
  stored(node: Pick<KerasNode, 'group' | 'nestedAs' | 'path'>): H5Tensor[];
  /** The layers that have weights, of a file that holds weights alone. */
  layerNames: string[];
}

/** Reads a whole model (.keras, or .h5 by model.save) or a file of weights (.h5 by save_weights). Throws BackboneError. */
export async function readKerasFile(path: string, bytes: Uint8Array): Promise<KerasFile> {
  return path.endsWith('.keras') ? readArchive(path, bytes) : readWhole(path, await readH5(path, bytes));
}

async function readArchive(path: string, bytes: Uint8Array): Promise<KerasFile> {
  const entries = zipEntries(path, bytes, ['config.json', 'metadata.json', 'model.weights.h5']);
  const absent = ['config.json', 'model.weights.h5'].filter((name) => !entries[name]);
  if (absent.length > 0) throw new BackboneError([`${path} lacks ${absent.join(' and ')}, which every .keras file has. Give what model.save('model.keras') wrote.`]);
  const topology = parse(path, new TextDecoder().decode(entries['config.json']));
  const contents = await readH5(`${path}/model.weights.h5`, entries['model.weights.h5']!);
  // tf_keras writes .keras files too, in Keras 2's words.
  const generation = String((topology as { module?: unknown }).module).startsWith('tf_keras') ? 2 : generationOf(entries['metadata.json'] ? JSON.stringify(parse(path, new TextDecoder().decode(entries['metadata.json'])).keras_version) : '3');
  return { topology, generation, stored: (node) => numberedVariables(contents, node.path), layerNames: [] };
}

function numberedVariables(contents: H5Contents, at: string): H5Tensor[] {
  const found: H5Tensor[] = [];
  // TensorFlow 2.12 wrote the layers under another name.
  const prefixes = [`/${at}`, `/_layer_checkpoint_dependencies/${at.replace(/^layers\//, '')}`];
  for (const prefix of prefixes) {
    for (let tensor; (tensor = contents.tensors.get(`${prefix}/vars/${found.length}`)); ) found.push(tensor);
    if (found.length > 0) break;
  }
  return found;
}

function readWhole(path: string, contents: H5Contents): KerasFile {
  const { model_config: config, keras_version: version = '2', layer_names: names } = contents.attributes.get('/') ?? {};
  const root = contents.attributes.has('/model_weights') ? '/model_weights' : '';
  const layerNames = contents.attributes.get(root || '/')?.layer_names ?? names ?? [];
  if (layerNames.length === 0) throw new BackboneError([`${path} is HDF5, but Keras did not write it: it names no layers (layer_names). Give what model.save('model.h5') wrote, or a file of Keras Applications.`]);
  return {
    topology: config === undefined ? null : parse(path, config),
    generation: generationOf(version),
    stored: ({ group, nestedAs }) => {
      const listed = contents.attributes.get(`${root}/${group}`)?.weight_names ?? [];
      const own = nestedAs === null ? listed : listed.filter((name) => `/${name.slice(0, name.lastIndexOf('/'))}`.endsWith(`/${nestedAs}`));
      return own.flatMap((name) => contents.tensors.get(`${root}/${group}/${name}`) ?? []);
    },
    layerNames: layerNames.filter((name) => (contents.attributes.get(`${root}/${name}`)?.weight_names ?? []).length > 0),
  };
}

const generationOf = (version: string) => Number(/\d/.exec(version)?.[0] ?? 2);

function parse(path: string, json: string): { class_name: string; config: Record<string, unknown> } & Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(json);
    if (value !== null && typeof value === 'object') return value as never;
  } catch {
    // answered below
  }
  throw new BackboneError([`${path} describes its model in words that are no JSON. It is damaged; copy it again.`]);
}
