import { bigint, pgTable, text, timestamp } from 'drizzle-orm/pg-core';

/** A file in the content-addressed store. A row exists only once the file is on disk and synced. */
export const blob = pgTable('blob', {
  /** lower-case hex */
  sha256: text('sha256').primaryKey(),
  /** bytes */
  size: bigint('size', { mode: 'number' }).notNull(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
});

/** One stored file as JSON columns carry it. */
export interface StoredFile {
  path: string;
  sha256: string;
  /** bytes */
  size: number;
}
