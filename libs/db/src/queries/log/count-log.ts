import { and, eq, sql } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { logLine } from '../../schema';
import type { LogPageKey } from './list-log';

/** Lines of one run; with contains only those with that text, whatever its case. */
export const countLog = (db: Executor, { runId, contains, stream }: Pick<LogPageKey, 'runId' | 'contains' | 'stream'>): Promise<number> =>
  db.$count(logLine, and(
    eq(logLine.runId, runId),
    contains === null ? undefined : sql`strpos(lower(${logLine.text}), lower(${contains})) > 0`,
    stream === null ? undefined : eq(logLine.stream, stream),
  ));
