import { doublePrecision, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import { key } from './key';
import { run } from './run';

/** run.config taken apart, one row per leaf, so that runs can be searched, ordered and grouped by any value. */
export const runParam = pgTable('run_param', {
  runId: uuid().notNull().references(() => run.id, { onDelete: 'cascade' }),
  keyId: integer().notNull().references(() => key.id),
  /** The value, when it is a number. */
  number: doublePrecision(),
  /** The value as people write it (strings bare, else JSON); its first 256 characters. */
  text: text().notNull(),
}, (table) => [
  primaryKey({ columns: [table.runId, table.keyId] }),
  index('run_param_by_number').on(table.keyId, table.number, table.runId).where(sql`${table.number} is not null`),
  index('run_param_by_text').on(table.keyId, table.text, table.runId).where(sql`${table.number} is null`),
]);

export type RunParamRow = typeof runParam.$inferSelect;
