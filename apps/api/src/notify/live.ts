import type { Database } from '@thaw/db';
import type { AppendedChunk } from '@thaw/db/queries/metric/read-appended';
import type { Logger } from 'pino';
import { metricSource } from '../metric/metric-source';
import { AppendedFeed } from './appended';
import type { Notifier } from './notifier';

/** What this process reads once for all its subscribers. */
export interface Live {
  metrics: AppendedFeed<AppendedChunk>;
}

export function createLive(db: Database, notifier: Notifier, log: Logger, signal: AbortSignal): Live {
  return {
    metrics: new AppendedFeed(metricSource, db, notifier, log, signal),
  };
}
