import { doublePrecision, foreignKey, index, integer, jsonb, pgEnum, pgTable, primaryKey, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core';
import { uuidv7 } from 'uuidv7';
import { blob } from './blob';
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
  id: uuid('id').primaryKey().$defaultFn(uuidv7),
  projectId: uuid('project_id').notNull().references(() => project.id, { onDelete: 'cascade' }),
  name: text('name').notNull(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
}, (table) => [unique('dataset_project_name').on(table.projectId, table.name)]);

/** Immutable: written once, in the transaction that inserts its pictures. */
export const datasetVersion = pgTable('dataset_version', {
  id: uuid('id').primaryKey().$defaultFn(uuidv7),
  datasetId: uuid('dataset_id').notNull().references(() => dataset.id, { onDelete: 'cascade' }),
  /** from 1 */
  version: integer('version').notNull(),
  /** sha256 over the sorted lines "<split> <class> <sha256>" */
  digest: text('digest').notNull(),
  classes: jsonb('classes').$type<DatasetClass[]>().notNull(),
  trainCount: integer('train_count').notNull(),
  valCount: integer('val_count').notNull(),
  skipped: jsonb('skipped').$type<SkippedFile[]>().notNull().default([]),
  /** null when the source came with its own train/ and val/ */
  splitSeed: integer('split_seed'),
  valFraction: doublePrecision('val_fraction'),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
}, (table) => [unique('dataset_version_number').on(table.datasetId, table.version)]);

export const picture = pgTable('picture', {
  versionId: uuid('version_id').notNull(),
  /** from 0, training pictures first, then by class and path */
  position: integer('position').notNull(),
  split: split('split').notNull(),
  /** index into dataset_version.classes */
  classIndex: integer('class_index').notNull(),
  path: text('path').notNull(),
  sha256: text('sha256').notNull().references(() => blob.sha256),
  /** pixels, as shown (EXIF orientation applied) */
  width: integer('width').notNull(),
  height: integer('height').notNull(),
}, (table) => [
  primaryKey({ name: 'picture_pkey', columns: [table.versionId, table.position] }),
  foreignKey({ name: 'picture_version_fkey', columns: [table.versionId], foreignColumns: [datasetVersion.id] }).onDelete('cascade'),
  index('picture_by_class').on(table.versionId, table.split, table.classIndex, table.position),
]);
