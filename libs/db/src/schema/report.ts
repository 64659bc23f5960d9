import { index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { createdAt, id, moment } from './columns';
import { project } from './project';

export const report = pgTable('report', {
  id: id(),
  projectId: uuid().notNull().references(() => project.id, { onDelete: 'cascade' }),
  title: text().notNull(),
  /** Markdown */
  body: text().notNull(),
  /** One more with every change: who writes says which version was changed, and is refused when it is no longer the last. */
  version: integer().notNull().default(1),
  /** The unguessable part of its link; null: it is not shared. */
  shareToken: text().unique('report_share_token'),
  createdAt: createdAt(),
  updatedAt: createdAt(),
  deletedAt: moment(),
}, (table) => [index('report_by_project').on(table.projectId, table.updatedAt, table.id)]);

/** What a report said before: one text of each stretch of typing, and of each change that asked for it to be kept. */
export const reportVersion = pgTable('report_version', {
  reportId: uuid().notNull().references(() => report.id, { onDelete: 'cascade' }),
  version: integer().notNull(),
  title: text().notNull(),
  body: text().notNull(),
  /** When it was written. */
  savedAt: moment().notNull(),
  /** When it was written over. */
  replacedAt: createdAt(),
}, (table) => [primaryKey({ columns: [table.reportId, table.version] })]);

export type ReportRow = typeof report.$inferSelect;
export type ReportVersionRow = typeof reportVersion.$inferSelect;
