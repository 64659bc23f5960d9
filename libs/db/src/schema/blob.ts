import { sql } from 'drizzle-orm';
import { bigint, boolean, index, pgTable, text } from 'drizzle-orm/pg-core';
import { createdAt, moment } from './columns';

/** A file in the content-addressed store. A row exists only once the file is on disk and synced. */
export const blob = pgTable('blob', {
  /** lower-case hex */
  sha256: text().primaryKey(),
  /** bytes */
  size: bigint({ mode: 'number' }).notNull(),
  /** When it was last uploaded. */
  createdAt: createdAt(),
  /** Something has referred to it: from then on gc may take it as soon as nothing does. Before, its uploader gets time. */
  referenced: boolean().notNull().default(false),
  /** Something referred to it and no longer does (a checkpoint that made room for a newer one): to be removed soon, unless something else still does. */
  releasedAt: moment(),
}, (table) => [index('blob_released').on(table.releasedAt).where(sql`${table.releasedAt} is not null`)]);

/** One stored file as JSON columns carry it. */
export interface StoredFile {
  path: string;
  sha256: string;
  /** bytes */
  size: number;
}

export type BlobRow = typeof blob.$inferSelect;
