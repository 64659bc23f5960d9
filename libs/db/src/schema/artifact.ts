import { sql } from 'drizzle-orm';
import { bigint, index, jsonb, pgEnum, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core';
import type { StoredFile } from './blob';
import { createdAt, id } from './columns';
import { run } from './run';

export const artifactKind = pgEnum('artifact_kind', ['MODEL', 'EVALUATION', 'FILE', 'IMAGE', 'TABLE', 'CONFUSION_MATRIX', 'TEXT']);

/** Named files of a run; logging the same name again replaces them. */
export const artifact = pgTable('artifact', {
  id: id(),
  runId: uuid().notNull().references(() => run.id, { onDelete: 'cascade' }),
  name: text().notNull(),
  kind: artifactKind().notNull(),
  files: jsonb().$type<StoredFile[]>().notNull(),
  /** filesDigest of files */
  digest: text().notNull(),
  /** bytes, all files together */
  size: bigint({ mode: 'number' }).notNull(),
  metadata: jsonb().$type<Record<string, unknown>>(),
  createdAt: createdAt(),
}, (table) => [
  unique('artifact_run_name').on(table.runId, table.name),
  // Removing a blob asks whether an artifact still has it.
  index('artifact_by_blob').using('gin', sql`${table.files} jsonb_path_ops`),
]);

export type ArtifactRow = typeof artifact.$inferSelect;
export type ArtifactKind = ArtifactRow['kind'];
