import { countOldDeliveries, removeOldAlerts } from '@thaw/db/queries/alert/remove-old';
import { adoptStrays } from '@thaw/db/queries/gc/adopt-strays';
import { countDeleted, momentBefore } from '@thaw/db/queries/gc/count-deleted';
import { countUnreferencedBlobs } from '@thaw/db/queries/gc/find-unreferenced-blobs';
import { databaseSize, giveBackSpace } from '@thaw/db/queries/gc/give-back-space';
import { removeDataset } from '@thaw/db/queries/gc/remove-dataset';
import { removeProjects } from '@thaw/db/queries/gc/remove-projects';
import { removeReports } from '@thaw/db/queries/gc/remove-reports';
import { removeRuns } from '@thaw/db/queries/gc/remove-runs';
import { removeViews } from '@thaw/db/queries/gc/remove-views';
import { blobsLock, blobsPatienceMs, gcLock, withLock } from '@thaw/db/queries/with-lock';
import type { Services } from '../context';
import { countStrayFiles, sweepBlobs, sweepStrayFiles } from './sweep-blobs';

export interface Garbage {
  runs: number;
  datasets: number;
  projects: number;
  /** Of alerts, in the log. */
  deliveries: number;
  blobs: number;
  blobBytes: number;
  databaseBytesBefore: number;
  databaseBytesAfter: number;
  /** What could not be done. */
  notes: string[];
}

type GcServices = Pick<Services, 'db' | 'blobs' | 'log' | 'signal'>;

export async function collectGarbage(services: GcServices, { olderThanSeconds = 0, dryRun = false }): Promise<Garbage | 'GC_RUNNING' | 'BACKUP_RUNNING'> {
  const { db } = services;
  const before = await momentBefore(db, olderThanSeconds);
  if (dryRun) return count(services, before);
  const outer = await withLock(db, gcLock, async () => {
    const inner = await withLock(db, blobsLock, () => collect(services, before), { patienceMs: blobsPatienceMs });
    return inner.held ? inner.value : ('BACKUP_RUNNING' as const);
  });
  return outer.held ? outer.value : 'GC_RUNNING';
}

/** Many short transactions: killed anywhere, it leaves nothing half-removed, and the next gc goes on. */
async function collect({ db, blobs, log, signal }: GcServices, before: Date): Promise<Garbage> {
  const garbage: Garbage = { runs: 0, datasets: 0, projects: 0, deliveries: 0, blobs: 0, blobBytes: 0, databaseBytesBefore: await databaseSize(db), databaseBytesAfter: 0, notes: [] };
  await adoptStrays(db);
  for (let removed = -1; removed !== 0 && !signal.aborted; garbage.runs += removed) removed = await removeRuns(db, before);
  for (let last = await removeDataset(db, before, null); last && !signal.aborted; last = await removeDataset(db, before, last.id)) {
    if (last.removed) garbage.datasets++;
    else garbage.notes.push(`Dataset ${last.id} was left: a run that waits for a trainer needs it.`);
  }
  garbage.deliveries = await removeOldAlerts(db, before);
  await removeViews(db, before);
  await removeReports(db, before);
  garbage.projects = await removeProjects(db, before);
  for (const swept of [await sweepBlobs(db, blobs, signal), await sweepStrayFiles(db, blobs, signal)]) {
    garbage.blobs += swept.blobs;
    garbage.blobBytes += swept.blobBytes;
  }
  if (signal.aborted) garbage.notes.push('The server was stopped before gc was done. Run it again.');
  else garbage.notes.push(...(await giveBackSpace(db)));
  garbage.databaseBytesAfter = await databaseSize(db);
  log.info(garbage, 'gc is done');
  return garbage;
}

async function count({ db, blobs }: GcServices, before: Date): Promise<Garbage> {
  const size = await databaseSize(db);
  const referred = await countUnreferencedBlobs(db, before);
  const stray = await countStrayFiles(db, blobs);
  return { ...(await countDeleted(db, before)), deliveries: await countOldDeliveries(db), blobs: referred.blobs + stray.blobs, blobBytes: referred.blobBytes + stray.blobBytes, databaseBytesBefore: size, databaseBytesAfter: size, notes: [] };
}
