import type { Database, LogLineRow } from '@thaw/db';
import type { AppendedChunk } from '@thaw/db/queries/metric/read-appended';
import type { Logger } from 'pino';
import { logSource } from '../log/log.subscription';
import { metricSource } from '../metric/metric-source';
import { ChangeFeed } from '../run/change-feed';
import { TrainerWaker } from '../run/wake-trainers';
import { AppendedFeed } from './appended';
import type { Notifier } from './notifier';

/** What this process reads once for all its subscribers. */
export interface Live {
  metrics: AppendedFeed<AppendedChunk>;
  log: AppendedFeed<LogLineRow>;
  changes: ChangeFeed;
  queue: TrainerWaker;
}

export function createLive(db: Database, notifier: Notifier, log: Logger, signal: AbortSignal): Live {
  return {
    metrics: new AppendedFeed(metricSource, db, notifier, log, signal),
    log: new AppendedFeed(logSource, db, notifier, log, signal),
    changes: new ChangeFeed(db, notifier, log, signal),
    queue: new TrainerWaker(db, notifier, log, signal),
  };
}
