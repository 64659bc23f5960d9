import type { TestApi } from './testing';
import { upload } from './testing-files';

const payload = `dataset { id name } version { id version digest trainCount valCount splitSeed warnings classes { name trainCount valCount } parent { version } duplicateCounts { exact near leaks } }
  skipped { path reason } warnings userErrors { field code message }`;

/** Entries by path, uploaded one by one. */
export const uploadAll = (api: TestApi, files: Record<string, Uint8Array>) =>
  Promise.all(Object.entries(files).map(async ([path, bytes]) => ({ path, sha256: await upload(api, bytes) })));

export async function createDataset(api: TestApi, name: string, files: Record<string, Uint8Array>, input: object = {}) {
  const { createDataset: made } = await api.gql(`mutation ($input: CreateDatasetInput!) { createDataset(input: $input) { ${payload} } }`, { input: { name, files: await uploadAll(api, files), ...input } });
  return made;
}

export async function createVersion(api: TestApi, dataset: string, { files, ...input }: { files?: Record<string, Uint8Array>; [field: string]: unknown }) {
  const { createDatasetVersion: made } = await api.gql(`mutation ($input: CreateDatasetVersionInput!) { createDatasetVersion(input: $input) { ${payload} } }`, { input: { dataset, files: files && (await uploadAll(api, files)), ...input } });
  return made;
}

/** Split and class of every picture of a version, by path; the latest version if none is named. */
export async function placesOf(api: TestApi, dataset: string, version?: number): Promise<Record<string, string>> {
  const pictures = 'pictures(first: 1000) { nodes { path split label } }';
  const answer = await api.gql(`{ dataset(name: ${JSON.stringify(dataset)}) { version: ${version ? `version(version: ${version})` : 'latestVersion'} { ${pictures} } } }`);
  return Object.fromEntries(answer.dataset.version.pictures.nodes.map(({ path, split, label }: Record<string, string>) => [path, `${split} ${label}`]));
}
