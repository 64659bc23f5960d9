import { bigint, pgTable, text } from 'drizzle-orm/pg-core';
import { createdAt } from './columns';

/** A file in the content-addressed store. A row exists only once the file is on disk and synced. */
export const blob = pgTable('blob', {
  /** lower-case hex */
  sha256: text().primaryKey(),
  /** bytes */
  size: bigint({ mode: 'number' }).notNull(),
  createdAt: createdAt(),
});

/** One stored file as JSON columns carry it. */
export interface StoredFile {
  path: string;
  sha256: string;
  /** bytes */
  size: number;
}

export type BlobRow = typeof blob.$inferSelect;
