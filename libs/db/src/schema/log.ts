import { bigint, index, integer, pgEnum, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { moment } from './columns';
import { run } from './run';

export const logStream = pgEnum('log_stream', ['STDOUT', 'STDERR']);

/** Console output of a run. The writer numbers its lines, so that lines sent twice are stored once. */
export const logLine = pgTable('log_line', {
  runId: uuid().notNull().references(() => run.id, { onDelete: 'cascade' }),
  /** run.claims when it was written: each claim's output follows the one before. */
  claim: integer().notNull(),
  /** From 0 within the claim. */
  line: integer().notNull(),
  stream: logStream().notNull(),
  /** When it was printed. */
  at: moment().notNull(),
  /** Order of arrival; within a run also the order of commits, so that one number says how much a follower has seen. */
  seq: bigint({ mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
  /** Without its line break; escape sequences (colours) kept. */
  text: text().notNull(),
}, (table) => [primaryKey({ columns: [table.runId, table.claim, table.line] }), index('log_line_by_arrival').on(table.runId, table.seq)]);

export type LogLineRow = typeof logLine.$inferSelect;
