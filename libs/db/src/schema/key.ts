import { integer, pgEnum, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core';
import { project } from './project';

/** METRIC: what logMetrics calls a series. PARAM: the dotted path of a value in a run's config ("optimizer.name"). */
export const keyKind = pgEnum('key_kind', ['METRIC', 'PARAM']);

/**
 * Names that runs of a project use, written once: rows that occur millions of times hold a number instead. Because a key
 * belongs to one project, an index that starts with it never leads through the runs of another.
 */
export const key = pgTable('key', {
  id: integer().primaryKey().generatedAlwaysAsIdentity(),
  projectId: uuid().notNull().references(() => project.id, { onDelete: 'cascade' }),
  kind: keyKind().notNull(),
  /** 512 bytes at most. */
  name: text().notNull(),
}, (table) => [unique('key_name').on(table.projectId, table.kind, table.name)]);

export type KeyRow = typeof key.$inferSelect;
