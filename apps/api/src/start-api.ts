import 'reflect-metadata';
import { setMaxListeners } from 'node:events';
import { connect, migrate } from '@thaw/db';
import type { Logger } from 'pino';
import { startAlerts } from './alert/start-alerts';
import { sweepUnfinishedFetches } from './backbone/start-fetch';
import { syncCatalogue } from './backbone/sync-catalogue';
import { BlobStore } from './blob/blob-store';
import type { Services } from './context';
import type { Env } from './env';
import { removeReleasedBlobs } from './gc/remove-released';
import { hashOldVersions } from './dataset/hash-old-versions';
import { createLive } from './notify/live';
import { compactMetrics } from './metric/compaction';
import { createNotifier } from './notify/notifier';
import { createSchema } from './schema';
import { type ApiServer, startServer } from './server';
import { sweepExpiredLeases } from './trainer/expiry';

export interface Api extends ApiServer {
  services: Services;
  [Symbol.asyncDispose](): Promise<void>;
}

/** The whole API in this process: main.ts runs one, every integration test runs its own. */
export async function startApi(env: Env, log: Logger): Promise<Api> {
  const stopping = new AbortController();
  // Every subscription listens to it: many listeners are no leak.
  setMaxListeners(0, stopping.signal);
  await migrate(env.DATABASE_URL);
  const connection = connect(env.DATABASE_URL, { onError: (error) => log.warn({ err: error }, 'an idle database connection broke') });
  try {
    const notifier = createNotifier(env.DATABASE_URL, log, stopping.signal);
    const services: Services = {
      env,
      log,
      db: connection.db,
      blobs: await BlobStore.open(env.THAW_HOME, connection.db),
      notifier,
      live: createLive(connection.db, notifier, log, stopping.signal),
      signal: stopping.signal,
    };
    await syncCatalogue(services);
    sweepUnfinishedFetches(services);
    const hashing = hashOldVersions(services);
    sweepExpiredLeases(services);
    removeReleasedBlobs(services);
    compactMetrics(services);
    const alerts = startAlerts(services);
    const server = await startServer(createSchema(), services);
    let stopped: Promise<void> | undefined;
    const stop = () => (stopped ??= (async () => {
      stopping.abort();
      await server.stop();
      await hashing;
      await alerts;
      await connection.end();
    })());
    return { ...server, services, stop, [Symbol.asyncDispose]: stop };
  } catch (error) {
    stopping.abort();
    await connection.end();
    throw error;
  }
}
