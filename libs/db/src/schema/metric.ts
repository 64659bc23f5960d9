import { bigint, customType, doublePrecision, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { createdAt } from './columns';
import { run } from './run';

const bytea = customType<{ data: Uint8Array; driverData: Buffer }>({ dataType: () => 'bytea' });

/** Append-only: one row per (run, key) of every batch. Columns are packed by libs/series. */
export const metricChunk = pgTable(
  'metric_chunk',
  {
    runId: uuid().notNull().references(() => run.id, { onDelete: 'cascade' }),
    key: text().notNull(),
    /** run.claims when it was written: a later claim replaces earlier ones, from its first step on. */
    claim: integer().notNull(),
    /** Order of arrival, across all runs. */
    seq: bigint({ mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
    count: integer().notNull(),
    firstStep: bigint({ mode: 'number' }).notNull(),
    lastStep: bigint({ mode: 'number' }).notNull(),
    /** float64 little-endian, [count] each; times are seconds since 1970. */
    steps: bytea().notNull(),
    times: bytea().notNull(),
    values: bytea().notNull(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.key, table.claim, table.seq] })],
);

/** What run lists show, sort and filter by, so that they never touch history. */
export const metricSummary = pgTable(
  'metric_summary',
  {
    runId: uuid().notNull().references(() => run.id, { onDelete: 'cascade' }),
    key: text().notNull(),
    claim: integer().notNull(),
    /** Distinct steps. */
    count: integer().notNull(),
    /** Value of the highest step; may be NaN or infinite. */
    last: doublePrecision().notNull(),
    lastStep: bigint({ mode: 'number' }).notNull(),
    /** Over finite values; null when there is none. */
    min: doublePrecision(),
    minStep: bigint({ mode: 'number' }),
    max: doublePrecision(),
    maxStep: bigint({ mode: 'number' }),
  },
  (table) => [primaryKey({ columns: [table.runId, table.key] })],
);

/** Batches already stored: a batch that the same claim sends again is answered, not stored again. */
export const metricBatch = pgTable(
  'metric_batch',
  {
    runId: uuid().notNull().references(() => run.id, { onDelete: 'cascade' }),
    claim: integer().notNull(),
    batchId: text().notNull(),
    accepted: integer().notNull(),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.claim, table.batchId] })],
);

export type MetricChunkRow = typeof metricChunk.$inferSelect;
export type MetricSummaryRow = typeof metricSummary.$inferSelect;
