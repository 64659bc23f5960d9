import { bigint, customType, doublePrecision, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { createdAt } from './columns';
import { key } from './key';
import { run } from './run';

const bytea = customType<{ data: Uint8Array; driverData: Buffer }>({ dataType: () => 'bytea' });
const count = () => bigint({ mode: 'number' });

/** One metric of one run in figures: run lists show, sort and filter by it, so that they never touch history. */
export const metricSeries = pgTable(
  'metric_series',
  {
    /** What chunks refer to. */
    id: count().notNull().generatedAlwaysAsIdentity(),
    runId: uuid().notNull().references(() => run.id, { onDelete: 'cascade' }),
    keyId: integer().notNull().references(() => key.id),
    /** run.claims when it was last written. */
    claim: integer().notNull(),
    /** Distinct steps. */
    count: count().notNull(),
    /** Value of the highest step; may be NaN or infinite. */
    last: doublePrecision().notNull(),
    lastStep: count().notNull(),
    /** Over finite values; null when there is none. */
    min: doublePrecision(),
    minStep: count(),
    max: doublePrecision(),
    maxStep: count(),
  },
  (table) => [
    primaryKey({ columns: [table.runId, table.keyId] }),
    uniqueIndex('metric_series_id').on(table.id),
    index('metric_series_by_last').on(table.keyId, table.last, table.runId),
    index('metric_series_by_min').on(table.keyId, table.min, table.runId),
    index('metric_series_by_max').on(table.keyId, table.max, table.runId),
  ],
);

/** Points of one series, packed by @thaw/series. Small chunks arrive with each batch; compaction makes large ones of them. */
export const metricChunk = pgTable(
  'metric_chunk',
  {
    seriesId: count().notNull().references(() => metricSeries.id, { onDelete: 'cascade' }),
    /** Order of arrival; within a run also the order of commits. A chunk made of others has the highest of theirs. */
    seq: count().notNull().generatedByDefaultAsIdentity(),
    /** The lowest seq of the chunks this one was made of; null when it is as it arrived. */
    firstSeq: count(),
    /** run.claims when it was written: a later claim replaces earlier ones, from its first step on. */
    claim: integer().notNull(),
    count: integer().notNull(),
    firstStep: count().notNull(),
    lastStep: count().notNull(),
    points: bytea().notNull(),
    /** The chunk downsampled, packed as points is; null while the chunk is small. */
    rollup: bytea(),
    /** Its minimum, maximum and what is not finite, packed as points is; null while the chunk is small. */
    extremes: bytea(),
  },
  (table) => [primaryKey({ columns: [table.seriesId, table.seq] })],
);

/** Batches already stored: one that the same claim sends again is answered, not stored again. */
export const metricBatch = pgTable(
  'metric_batch',
  {
    runId: uuid().notNull().references(() => run.id, { onDelete: 'cascade' }),
    claim: integer().notNull(),
    batchId: text().notNull(),
    accepted: integer().notNull(),
    /** Of its content, so that an id used for two batches is noticed; null for batches older than this column. */
    digest: bytea(),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.claim, table.batchId] })],
);

export type MetricSeriesRow = typeof metricSeries.$inferSelect;
export type MetricChunkRow = typeof metricChunk.$inferSelect;
