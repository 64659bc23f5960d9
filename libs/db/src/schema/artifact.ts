import { bigint, jsonb, pgEnum, pgTable, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core';
import { uuidv7 } from 'uuidv7';
import type { StoredFile } from './blob';
import { run } from './run';

export const artifactKind = pgEnum('artifact_kind', ['MODEL', 'EVALUATION', 'FILE']);

/** Named files of a run; logging the same name again replaces them. */
export const artifact = pgTable('artifact', {
  id: uuid('id').primaryKey().$defaultFn(uuidv7),
  runId: uuid('run_id').notNull().references(() => run.id, { onDelete: 'cascade' }),
  name: text('name').notNull(),
  kind: artifactKind('kind').notNull(),
  files: jsonb('files').$type<StoredFile[]>().notNull(),
  /** filesDigest of files */
  digest: text('digest').notNull(),
  /** bytes, all files together */
  size: bigint('size', { mode: 'number' }).notNull(),
  metadata: jsonb('metadata').$type<Record<string, unknown>>(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
}, (table) => [unique('artifact_run_name').on(table.runId, table.name)]);
