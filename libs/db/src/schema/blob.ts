import { bigint, boolean, pgTable, text } from 'drizzle-orm/pg-core';
import { createdAt } from './columns';

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
});

/** One stored file as JSON columns carry it. */
export interface StoredFile {
  path: string;
  sha256: string;
  /** bytes */
  size: number;
}

export type BlobRow = typeof blob.$inferSelect;
