import path from 'node:path';
import { closestName } from '@thaw/config';
import type { BackboneRow, StoredFile } from '@thaw/db';
import { findBackboneByName } from '@thaw/db/queries/backbone/find-backbones';
import { fillCatalogueBackbone, type InsertedBackbone, insertImportedBackbone } from '@thaw/db/queries/backbone/insert-backbone';
import { findBlobSizes } from '@thaw/db/queries/blob/find-blob-sizes';
import { architectureNames, findArchitectures } from '@thaw/model-zoo/architectures/index';
import { type BackboneSpec, catalogue, type CatalogueEntry, filesDigest } from '@thaw/model-zoo/catalogue/index';
import type { InspectedBackbone } from '@thaw/model-zoo/inspect';
import { findKerasArchitecture, kerasArchitectureNames } from '@thaw/model-zoo/keras/architectures/index';
import { kerasPath } from '@thaw/model-zoo/keras/keras-path';
import { safetensorsPath } from '@thaw/model-zoo/safetensors/safetensors-path';
import type { Services } from '../context';
import { pathProblem } from '../dataset/source-path';
import { type UserError, userError } from '../errors';
import { checkName } from '../names';
import type { ImportBackboneInput } from './backbone.input';
import { findModelJson, shardPaths } from './model-files';
import { readScaling } from './read-preprocessing';

export type ImportedBackbone = { backbone: BackboneRow | null; userErrors: UserError[] };
type Files = { ok: true; files: StoredFile[] } | { ok: false; userErrors: UserError[] };

/** Checks uploaded files by building the model from them, and stores the backbone under its name. */
export async function importBackbone({ db, blobs }: Pick<Services, 'db' | 'blobs'>, input: ImportBackboneInput): Promise<ImportedBackbone> {
  const existing = await findBackboneByName(db, input.name);
  const fillable = existing?.source === 'CATALOGUE' && existing.status !== 'READY' ? existing : null;
  const scaling = input.preprocessing == null ? null : readScaling(input.preprocessing);
  const files = await findFiles(db, input);
  const userErrors = [
    ...checkName('name', input.name),
    ...(existing && !fillable ? [nameTaken(input.name)] : []),
    ...(scaling && !scaling.ok ? [userError('preprocessing', 'INVALID_PREPROCESSING', scaling.message)] : []),
    ...(files.ok ? [] : files.userErrors),
  ];
  if (userErrors.length > 0 || !files.ok || (scaling && !scaling.ok)) return { backbone: null, userErrors };

  const chosen = chooseArchitecture(input, files.files);
  if ('message' in chosen) return { backbone: null, userErrors: [chosen] };
  const inspected = await inspect(files.files, chosen, blobs);
  if (!inspected.ok) return { backbone: null, userErrors: inspected.problems.map((problem) => userError('files', 'INVALID_BACKBONE', problem)) };
  const model = chosen.weights ? [{ ...fileAt(files.files, chosen.weights), path: path.posix.basename(chosen.weights) }] : await onlyModel(files.files, blobs);
  const digest = filesDigest(model);

  if (fillable) {
    if (fillable.digest !== null && digest !== fillable.digest) return { backbone: null, userErrors: [otherFiles(input.name, digest, fillable)] };
    return answer(input, await fillCatalogueBackbone(db, fillable.id, { files: model, digest }));
  }
  const known = catalogue.find((entry) => entry.digest === digest) ?? null;
  const spec = specOf(input, inspected.spec, known, scaling?.scaling, chosen.weights === null);
  const cut = input.featureLayer ? cutAt(spec, input.featureLayer, inspected.layers) : spec;
  if ('message' in cut) return { backbone: null, userErrors: [cut] };
  const inserted = await insertImportedBackbone(db, {
    name: input.name,
    title: input.name,
    description: known?.description ?? null,
    spec: cut,
    files: model,
    digest,
    licence: input.licence ?? known?.licence ?? null,
    address: known?.address ?? null,
    parameters: inspected.parameters,
  });
  return answer(input, inserted);
}

function answer({ name }: ImportBackboneInput, inserted: InsertedBackbone): ImportedBackbone {
  if (inserted.ok) return { backbone: inserted.backbone, userErrors: [] };
  return { backbone: null, userErrors: [inserted.reason === 'NAME_TAKEN' ? nameTaken(name) : userError('files', 'BLOB_GONE', 'A file was removed from the server just now, because nothing referred to it. Send each again with POST /blobs, then import again.')] };
}

async function findFiles(db: Services['db'], { files }: ImportBackboneInput): Promise<Files> {
  const refuse = (code: string, message: string): Files => ({ ok: false, userErrors: [userError('files', code, message)] });
  const escaping = files.flatMap(({ path }) => (pathProblem(path) ? [userError('files', 'PATH_ESCAPES', `"${path}" ${pathProblem(path)}.`)] : []));
  if (escaping.length > 0) return { ok: false, userErrors: escaping };
  const sizes = await findBlobSizes(db, files.map(({ sha256 }) => sha256));
  const missing = files.filter(({ sha256 }) => !sizes.has(sha256)).map(({ path }) => path);
  if (missing.length > 0) return refuse('MISSING_BLOB', `Not uploaded: ${missing.slice(0, 10).join(', ')}. Send each with POST /blobs first and give the sha256 it answers.`);
  return { ok: true, files: files.map(({ path, sha256 }) => ({ path, sha256, size: sizes.get(sha256)! })) };
}

/** What one file is to be read as; `weights` is null for a LayersModel folder. A whole model of Keras describes itself. */
type Chosen = { weights: string; architecture: string; format: 'safetensors' } | { weights: string; architecture: string | null; format: 'keras' } | { weights: null };

function chooseArchitecture({ architecture: name }: ImportBackboneInput, files: readonly StoredFile[]): Chosen | UserError {
  const keras = kerasPath(files);
  if (keras !== null && (!name || findKerasArchitecture(name))) return { weights: keras, architecture: name ?? null, format: 'keras' };
  const weights = keras ?? safetensorsPath(files);
  if (weights === null) return { weights };
  const names = keras === null ? architectureNames : kerasArchitectureNames;
  const valid = `Valid names: ${names.join(', ')}.`;
  if (!name) return userError('architecture', 'ARCHITECTURE_REQUIRED', `"${weights}" holds weights alone: name the architecture they are of. ${valid}`);
  if (keras === null && findArchitectures(name).length > 0) return { weights, architecture: name, format: 'safetensors' };
  const near = closestName(name, names);
  return userError('architecture', 'ARCHITECTURE_UNKNOWN', `"${weights}" cannot be read as "${name}". ${near ? `Did you mean "${near}"? ` : ''}${valid}${keras === null ? '' : ' A whole model, as model.save() writes it, needs no name.'}`);
}

function inspect(files: readonly StoredFile[], chosen: Chosen, blobs: Services['blobs']): Promise<InspectedBackbone> {
  // Loaded at the first import: TensorFlow.js would cost every start a second.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { inspectKeras, inspectLayersModel, inspectSafetensors } = require('@thaw/model-zoo/inspect') as typeof import('@thaw/model-zoo/inspect');
  const read = (wanted: string) => blobs.read(fileAt(files, wanted).sha256);
  if (chosen.weights === null) return inspectLayersModel(files, read);
  return chosen.format === 'keras' ? inspectKeras(chosen.weights, read, chosen.architecture) : inspectSafetensors(chosen.weights, read, chosen.architecture);
}

const fileAt = (files: readonly StoredFile[], wanted: string) => files.find(({ path }) => path === wanted)!;

/** model.json and its weight files, relative to its folder: a README beside them does not change the digest. */
async function onlyModel(files: readonly StoredFile[], blobs: Services['blobs']): Promise<StoredFile[]> {
  const model = findModelJson(files)!;
  const folder = model.path.slice(0, -'model.json'.length);
  const wanted = new Set(['model.json', ...(shardPaths(await blobs.read(model.sha256)) ?? [])]);
  const relative = files.flatMap(({ path, ...file }) => (path.startsWith(folder) ? [{ path: path.slice(folder.length), ...file }] : []));
  return relative.filter(({ path }) => wanted.has(path)).sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** What the files are known for comes first, then what an architecture is known for where the model cannot tell, then what the importer says overrules both. */
function specOf({ name }: ImportBackboneInput, inspected: BackboneSpec, known: CatalogueEntry | null, scaling: object | undefined, guess: boolean): BackboneSpec {
  const relative = known ?? (guess ? catalogue.find(({ architecture }) => architecture === inspected.architecture) : undefined);
  const { architecture, blocks, featureLayer } = known ?? inspected;
  const { inputSize: _side, resize: _resize, ...usual } = relative?.preprocessing ?? inspected.preprocessing;
  const { inputSize } = inspected.preprocessing;
  return { name, architecture, blocks, featureLayer, preprocessing: { inputSize, resize: 'fill', ...(scaling ?? usual) } };
}

/** Blocks beyond the cut go with the old head. */
function cutAt(spec: BackboneSpec, featureLayer: string, layers: readonly string[]): BackboneSpec | UserError {
  const position = layers.indexOf(featureLayer);
  if (position === -1) return userError('featureLayer', 'LAYER_UNKNOWN', `The model has no layer "${featureLayer}". Its last layers are ${layers.slice(-8).join(', ')}.`);
  return { ...spec, featureLayer, blocks: spec.blocks.filter(({ firstLayer }) => layers.indexOf(firstLayer) <= position) };
}

const nameTaken = (name: string) => userError('name', 'NAME_TAKEN', `There is a backbone "${name}" already. Choose another name, or use that backbone.`);

const otherFiles = (name: string, digest: string, { digest: wanted, address }: BackboneRow) =>
  userError('name', 'NAME_TAKEN', `"${name}" is a backbone of the catalogue and these are other files: their digest is ${digest}, not ${wanted}. Choose another name for them, or import what lies at ${address}.`);
