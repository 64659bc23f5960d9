import { createHash } from 'node:crypto';
import { readSafetensors, writeSafetensors, type StoredTensor } from '@thaw/model-zoo';
import type { ModelFile } from '../save-model';
import { CheckpointUnfit } from './checkpoint';

export const runFile = 'checkpoint.json';

/** Raise it whenever a checkpoint is continued in another way: those of older versions are then refused. */
const version = 1;

/** What such a JSON file holds. */
interface Described<T> {
  format: 'thaw checkpoint';
  version: number;
  /** sha256 of each other file, and of `state` as JSON. */
  digests: Record<string, string>;
  state: T;
}

/** A file of tensors, ready to be stored again under the same digest. */
export interface TensorFile extends ModelFile {
  digest: string;
}

export function tensorFile(path: string, tensors: ReadonlyMap<string, StoredTensor>): TensorFile {
  const bytes = writeSafetensors(tensors);
  return { path, bytes, digest: sha256(bytes) };
}

/** `state` in words and numbers, and what it says of tensors. */
export function describeFiles(description: string, state: unknown, files: readonly TensorFile[]): ModelFile[] {
  const digests = Object.fromEntries([...files.map(({ path, digest }) => [path, digest]), ['state', sha256(JSON.stringify(state))]]);
  const described: Described<unknown> = { format: 'thaw checkpoint', version, digests, state };
  return [{ path: description, bytes: Buffer.from(JSON.stringify(described)) }, ...files.map(({ path, bytes }) => ({ path, bytes }))];
}

/** Files that do not belong to it are left aside. Throws CheckpointUnfit. */
export function readFiles<T>(description: string, files: readonly ModelFile[]): { state: T; files: ModelFile[]; tensors: ReadonlyMap<string, ReadonlyMap<string, StoredTensor>> } {
  const found = files.find(({ path }) => path === description);
  if (!found) throw new CheckpointUnfit('damaged', `it has no ${description}.`);
  const described = parse<T>(description, found.bytes);
  if (described.version !== version) throw new CheckpointUnfit('version', `it was written in format ${String(described.version)}, and this version of Thaw reads format ${version}.`);
  if (sha256(JSON.stringify(described.state)) !== described.digests.state) throw new CheckpointUnfit('damaged', `${description} is not as it was written.`);
  const others = Object.entries(described.digests).filter(([path]) => path !== 'state').map(([path, digest]) => {
    const file = files.find((each) => each.path === path);
    if (!file) throw new CheckpointUnfit('damaged', `it has no ${path}.`);
    if (sha256(file.bytes) !== digest) throw new CheckpointUnfit('damaged', `${path} is not as it was written.`);
    return file;
  });
  return { state: described.state, files: [found, ...others], tensors: new Map(others.map(({ path, bytes }) => [path, readSafetensors(path, bytes)])) };
}

function parse<T>(description: string, bytes: Uint8Array): Described<T> {
  try {
    const described = JSON.parse(new TextDecoder().decode(bytes)) as Described<T>;
    if (described.format === 'thaw checkpoint' && typeof described.digests === 'object') return described;
  } catch {
    // Said below.
  }
  throw new CheckpointUnfit('damaged', `${description} is no description of a checkpoint.`);
}

const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');
