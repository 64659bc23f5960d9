import { sql } from 'drizzle-orm';
import { bigint, boolean, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { StoredFile } from './blob';
import { createdAt, id } from './columns';
import { run } from './run';

/** What a trainer needs to go on with a run where another stopped. */
export const checkpoint = pgTable(
  'checkpoint',
  {
    id: id(),
    runId: uuid().notNull().references(() => run.id, { onDelete: 'cascade' }),
    /** run.claims when it was logged. */
    claim: integer().notNull(),
    /** From 1. */
    epoch: integer().notNull(),
    /** Batches of that epoch that are in it; 0: the whole epoch. */
    batch: integer().notNull(),
    /** Of all checkpoints of the run this is the best model, and the newest; at most one row of a run each. */
    best: boolean().notNull(),
    latest: boolean().notNull(),
    files: jsonb().$type<StoredFile[]>().notNull(),
    /** filesDigest of files, so that one that is sent again is known. */
    digest: text().notNull(),
    /** bytes, all files together */
    size: bigint({ mode: 'number' }).notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    index('checkpoint_by_run').on(table.runId, table.createdAt),
    // Removing a blob asks whether a checkpoint still has it.
    index('checkpoint_by_blob').using('gin', sql`${table.files} jsonb_path_ops`),
  ],
);

export type CheckpointRow = typeof checkpoint.$inferSelect;
