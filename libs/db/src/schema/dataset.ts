import { doublePrecision, foreignKey, index, integer, jsonb, pgEnum, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import { blob } from './blob';
import { createdAt, id } from './columns';
import { project } from './project';

export const split = pgEnum('split', ['TRAIN', 'VAL']);

/** A class of a dataset version with its counts, in the order of the model's outputs. */
export interface DatasetClass {
  name: string;
  trainCount: number;
  valCount: number;
}

/** A file of the source that was not imported. */
export interface SkippedFile {
  path: string;
  reason: string;
}

export const dataset = pgTable('dataset', {
  id: id(),
  projectId: uuid().notNull().references(() => project.id, { onDelete: 'cascade' }),
  name: text().notNull(),
  createdAt: createdAt(),
}, (table) => [unique('dataset_project_name').on(table.projectId, table.name)]);

/** Immutable: written once, in the transaction that inserts its pictures. */
export const datasetVersion = pgTable('dataset_version', {
  id: id(),
  datasetId: uuid().notNull().references(() => dataset.id, { onDelete: 'cascade' }),
  /** from 1 */
  version: integer().notNull(),
  /** sha256 over the sorted lines "<split> <class> <sha256>" */
  digest: text().notNull(),
  classes: jsonb().$type<DatasetClass[]>().notNull(),
  trainCount: integer().notNull(),
  valCount: integer().notNull(),
  skipped: jsonb().$type<SkippedFile[]>().notNull().default([]),
  /** null when the source came with its own train/ and val/ */
  splitSeed: integer(),
  valFraction: doublePrecision(),
  createdAt: createdAt(),
}, (table) => [unique('dataset_version_number').on(table.datasetId, table.version)]);

export const picture = pgTable('picture', {
  versionId: uuid().notNull(),
  /** from 0, training pictures first, then by class and path */
  position: integer().notNull(),
  split: split().notNull(),
  /** index into dataset_version.classes */
  classIndex: integer().notNull(),
  path: text().notNull(),
  sha256: text().notNull().references(() => blob.sha256),
  /** pixels, as shown (EXIF orientation applied) */
  width: integer().notNull(),
  height: integer().notNull(),
}, (table) => [
  primaryKey({ name: 'picture_pkey', columns: [table.versionId, table.position] }),
  foreignKey({ name: 'picture_version_fkey', columns: [table.versionId], foreignColumns: [datasetVersion.id] }).onDelete('cascade'),
  index('picture_by_class').on(table.versionId, table.split, table.classIndex, table.position),
]);

export type DatasetRow = typeof dataset.$inferSelect;
export type DatasetVersionRow = typeof datasetVersion.$inferSelect;
export type PictureRow = typeof picture.$inferSelect;
export type Split = PictureRow['split'];
