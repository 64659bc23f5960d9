import { boolean, pgEnum, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import { createdAt, id, moment } from './columns';
import { project } from './project';

/** The page of the dashboard whose state a view holds. */
export const viewPage = pgEnum('view_page', ['RUNS', 'COMPARE']);

export const savedView = pgTable('saved_view', {
  id: id(),
  projectId: uuid().notNull().references(() => project.id, { onDelete: 'cascade' }),
  page: viewPage().notNull(),
  name: text().notNull(),
  /** The query string of the page's address, which holds all that the page shows. */
  state: text().notNull(),
  /** What the page opens with when its address says nothing. */
  isDefault: boolean().notNull().default(false),
  createdAt: createdAt(),
  updatedAt: createdAt(),
  deletedAt: moment(),
}, (table) => [
  uniqueIndex('saved_view_name').on(table.projectId, table.page, table.name).where(sql`${table.deletedAt} is null`),
  uniqueIndex('saved_view_default').on(table.projectId, table.page).where(sql`${table.isDefault} and ${table.deletedAt} is null`),
]);

export type ViewPage = (typeof viewPage.enumValues)[number];
export type SavedViewRow = typeof savedView.$inferSelect;
