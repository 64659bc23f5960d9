import { pgTable, text } from 'drizzle-orm/pg-core';
import { createdAt, id } from './columns';

export const project = pgTable('project', {
  id: id(),
  name: text().notNull().unique(),
  description: text(),
  createdAt: createdAt(),
});

export type ProjectRow = typeof project.$inferSelect;
