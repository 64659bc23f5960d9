import path from 'node:path';
import { findBackbones } from '@thaw/db/queries/backbone/find-backbones';
import { markFetchFailed, markFetching, markReady, reportFetch } from '@thaw/db/queries/backbone/update-fetch';
import { withLock } from '@thaw/db/queries/with-lock';
import type { BackboneRow, StoredFile } from '@thaw/db';
import { filesDigest } from '@thaw/model-zoo/catalogue/index';
import { BlobError } from '../blob/blob-store';
import type { Services } from '../context';
import { mapConcurrently } from '../dataset/map-concurrently';
import { download, DownloadFailed, type DownloadOptions } from './download';
import { fetchProgress } from './fetch-progress';
import { shardPaths } from './model-files';

export type FetchServices = Pick<Services, 'db' | 'blobs' | 'signal' | 'log' | 'env'>;
type Patience = Pick<DownloadOptions, 'retryAfter' | 'stallAfter'>;

/** Files downloaded at a time. */
const connections = 4;

/** Downloads, verifies and stores a catalogue backbone. Ends at READY or FAILED; only an abort leaves it FETCHING, for the next start. */
export async function fetchBackbone(services: FetchServices, id: string, patience: Patience = {}): Promise<void> {
  const { db, signal, log } = services;
  // This process alone, of all replicas.
  await withLock(db, `fetch ${id}`, async () => {
    const backbone = (await findBackbones(db, [id])).get(id);
    // Another replica may have done it while this one waited.
    if (!backbone?.address || backbone.status === 'READY') return;
    await markFetching(db, id);
    try {
      const files = await downloadFiles(services, backbone, patience);
      // gc took one: still FETCHING, so the next sweep downloads it again.
      if (!(await markReady(db, id, files, backbone.digest ?? filesDigest(files)))) return;
      log.info({ backbone: backbone.name }, 'a backbone was downloaded');
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof DownloadFailed || error instanceof BlobError)) throw error;
      log.warn({ backbone: backbone.name, err: error }, 'a backbone was not downloaded');
      await markFetchFailed(db, id, `Downloading backbone "${backbone.name}" failed: ${error.message}${/[.!?]$/.test(error.message) ? '' : '.'} ${remedy(backbone.name)}`);
    }
  });
}

const remedy = (name: string) =>
  `Try again (thaw launch, or fetchBackbone), set THAW_CATALOGUE_MIRROR to a server that has the same paths, or get the folder by other means and run: thaw backbone import DIR --name ${name}`;

async function downloadFiles({ db, blobs, signal, env }: FetchServices, backbone: BackboneRow, patience: Patience) {
  const address = mirrored(backbone.address!, env.THAW_CATALOGUE_MIRROR);
  const progress = fetchProgress((fetchDone) => reportFetch(db, backbone.id, { fetchDone, fetchTotal: Math.max(fetchDone, backbone.fetchTotal ?? 0) }));
  const get = async (file: string): Promise<StoredFile> => ({ path: file, ...(await download(new URL(file, address).href, { ...patience, blobs, signal, onProgress: (bytes) => progress.set(file, bytes) })) });
  try {
    if (!address.endsWith('.json')) return await pinned(backbone, address, [await get(path.posix.basename(new URL(address).pathname))]);
    const model = await get('model.json');
    const shards = shardPaths(await blobs.read(model.sha256));
    if (!shards) throw new DownloadFailed(`What ${address} answered is not the model.json of a tfjs LayersModel`);
    const files = [model];
    await mapConcurrently(shards, connections, async (path) => void files.push(await get(path)));
    files.sort((a, b) => (a.path < b.path ? -1 : 1));
    return pinned(backbone, address, files);
  } finally {
    await progress.end();
  }
}

/** The files, if they are those the catalogue knows; where it knows none, the first download says which they are. */
function pinned(backbone: BackboneRow, address: string, files: StoredFile[]): StoredFile[] {
  const digest = filesDigest(files);
  if (!backbone.digest || digest === backbone.digest) return files;
  throw new DownloadFailed(`The files at ${address} are not the ones the catalogue knows: their digest is ${digest}, not ${backbone.digest}. They were damaged on the way or replaced at their source`);
}

/** The catalogue's address with another scheme, host and, if the mirror has one, path in front. */
export function mirrored(address: string, mirror?: string): string {
  return mirror ? mirror.replace(/\/+$/, '') + new URL(address).pathname : address;
}
