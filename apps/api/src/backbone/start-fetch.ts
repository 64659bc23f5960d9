import { listUnfinishedFetches } from '@thaw/db/queries/backbone/list-unfinished-fetches';
import { markFetching } from '@thaw/db/queries/backbone/update-fetch';
import { fetchBackbone, type FetchServices } from './fetch-backbone';

/** milliseconds */
const sweepEvery = 15_000;

/** Marks the backbone FETCHING and downloads it in the background. Does nothing to one that is READY or under way. */
export async function startFetch(services: FetchServices, backboneId: string): Promise<void> {
  await markFetching(services.db, backboneId);
  void inBackground(services, backboneId);
}

/** Takes up downloads that a restart or another replica's end interrupted, now and from time to time. */
export function sweepUnfinishedFetches(services: FetchServices): void {
  const { db, log, signal } = services;
  const sweep = async () => {
    try {
      // One lock each: a download that is under way anywhere is left alone.
      for (const id of await listUnfinishedFetches(db)) void inBackground(services, id);
    } catch (error) {
      if (!signal.aborted) log.warn({ err: error }, 'looking for unfinished downloads failed; trying again');
    }
  };
  void sweep();
  const timer = setInterval(sweep, sweepEvery);
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
}

async function inBackground(services: FetchServices, backboneId: string): Promise<void> {
  try {
    await fetchBackbone(services, backboneId);
  } catch (error) {
    // The sweep tries again: the row still says FETCHING.
    if (!services.signal.aborted) services.log.error({ err: error, backboneId }, 'a download broke off');
  }
}
