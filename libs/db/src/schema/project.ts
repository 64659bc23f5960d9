import { sql } from 'drizzle-orm';
import { pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { createdAt, id, moment } from './columns';

export const project = pgTable('project', {
  id: id(),
  name: text().notNull(),
  description: text(),
  createdAt: createdAt(),
  deletedAt: moment(),
}, (table) => [uniqueIndex('project_name').on(table.name).where(sql`${table.deletedAt} is null`)]);

export type ProjectRow = typeof project.$inferSelect;
