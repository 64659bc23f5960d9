import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { ImportBackboneDocument } from '../generated/graphql';
import { action, mistake, refused, type Outcome, type Session } from './session';
import { sourceKind, type SourceFile } from './source-files';
import { uploadFiles } from './upload-files';

interface Options {
  name: string;
  architecture?: string;
  preprocessing?: string;
  licence?: string;
  featureLayer?: string;
}

/** One file that is a backbone. */
const weightFile = /\.(safetensors|keras|h5|hdf5)$/i;

/** The API builds the model once to check it. */
const importSilenceMs = 600_000;

export function addBackboneImport(backbone: Command): void {
  backbone
    .command('import')
    .description('import a model of Keras (.keras, .h5), a tfjs LayersModel (a folder with model.json) or a .safetensors file')
    .argument('<source>', 'the folder, its model.json, or the .keras, .h5 or .safetensors file')
    .requiredOption('--name <name>', 'name of the backbone')
    .option('--architecture <name>', 'what a .safetensors file, or an .h5 file of weights alone, holds; whole models describe themselves')
    .option('--preprocessing <json>', 'how pixels become input: tf, torch or caffe as in Keras, {"range":[-1,1]} or {"mean":[…],"std":[…]}')
    .option('--licence <licence>', 'licence of the weights')
    .option('--feature-layer <layer>', 'layer whose output the new head sits on')
    .action(action(importBackbone));
}

async function importBackbone(session: Session, source: string, { preprocessing, ...options }: Options): Promise<Outcome> {
  const files = await backboneFiles(source);
  if (typeof files === 'string') return mistake(files);
  const parsed = preprocessing === undefined ? undefined : /^\w+$/.test(preprocessing) ? preprocessing : parseJson(preprocessing);
  if (parsed === null) return mistake(`--preprocessing is no JSON object, and none of tf, torch and caffe: ${preprocessing}. An example: '{"range":[-1,1]}'.`);

  const input = { ...options, preprocessing: parsed, files: await uploadFiles(session, files) };
  const { importBackbone: payload } = await session.client.request(ImportBackboneDocument, { input }, { silenceMs: importSilenceMs });
  const { backbone } = payload;
  if (!backbone) return refused(payload.userErrors);
  return { answer: backbone, text: `${backbone.name}: ${backbone.architecture}, input ${backbone.inputSize}×${backbone.inputSize}, ${backbone.parameters ?? '?'} parameters, digest ${backbone.digest?.slice(0, 12)}` };
}

/** The files that make up the backbone at `source`, or what is wrong with it. */
export async function backboneFiles(source: string): Promise<SourceFile[] | string> {
  const kind = await sourceKind(source);
  if (kind === null) return `There is nothing at ${source}. Give a folder with model.json, or a .keras, .h5 or .safetensors file.`;
  if (kind === 'file') {
    if (weightFile.test(source)) return [{ path: path.basename(source), absolute: path.resolve(source) }];
    if (path.basename(source).endsWith('.json')) return layersModelFiles(path.dirname(source), path.basename(source));
    return `${source} is neither a model.json nor a .keras, .h5 or .safetensors file. Give one of these, or a folder with model.json.`;
  }
  const names = await readdir(source);
  if (names.includes('model.json')) return layersModelFiles(source, 'model.json');
  const weights = names.filter((name) => weightFile.test(name));
  if (weights.length === 1) return backboneFiles(path.join(source, weights[0]!));
  return weights.length === 0
    ? `${source} has no model.json and no .keras, .h5 or .safetensors file. A tfjs LayersModel is a folder with model.json and its weight shards.`
    : `${source} has several files it could be (${weights.join(', ')}). Name the one to import.`;
}

/** model.json and the shards it names; a shard that is not there is left for the API to report with all other problems. */
async function layersModelFiles(folder: string, modelName: string): Promise<SourceFile[] | string> {
  const model = parseJson(await readFile(path.join(folder, modelName), 'utf8')) as { weightsManifest?: { paths?: unknown }[] } | null;
  if (!model) return `${path.join(folder, modelName)} is no JSON object. A tfjs LayersModel is a folder with model.json and its weight shards.`;
  const manifest = Array.isArray(model.weightsManifest) ? model.weightsManifest : [];
  const shards = manifest.flatMap(({ paths }) => (Array.isArray(paths) ? paths : [])).filter((shard): shard is string => typeof shard === 'string');
  const escaping = shards.find((shard) => path.isAbsolute(shard) || path.normalize(shard).startsWith('..'));
  if (escaping !== undefined) return `${modelName} names a weight file outside its folder: ${escaping}. Put it beside ${modelName}.`;

  const files: SourceFile[] = [{ path: 'model.json', absolute: path.join(folder, modelName) }];
  for (const shard of new Set(shards)) {
    const absolute = path.join(folder, shard);
    if ((await sourceKind(absolute)) === 'file') files.push({ path: shard, absolute });
  }
  return files;
}

function parseJson(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
