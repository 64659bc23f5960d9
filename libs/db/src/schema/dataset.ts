import { sql } from 'drizzle-orm';
import { type AnyPgColumn, bigint, boolean, doublePrecision, foreignKey, index, integer, jsonb, pgEnum, pgTable, primaryKey, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { blob } from './blob';
import { createdAt, id, moment } from './columns';
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
  deletedAt: moment(),
}, (table) => [uniqueIndex('dataset_project_name').on(table.projectId, table.name).where(sql`${table.deletedAt} is null`)]);

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
  /** The version this one was made from; null for the first. */
  parentId: uuid().references((): AnyPgColumn => datasetVersion.id, { onDelete: 'set null' }),
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
  /** 64-bit perceptual hash, as a signed integer; null until it has been computed. */
  perceptualHash: bigint({ mode: 'bigint' }),
}, (table) => [
  primaryKey({ name: 'picture_pkey', columns: [table.versionId, table.position] }),
  foreignKey({ name: 'picture_version_fkey', columns: [table.versionId], foreignColumns: [datasetVersion.id] }).onDelete('cascade'),
  // Removing a blob asks whether a picture still shows it.
  index('picture_by_sha256').on(table.sha256),
  index('picture_by_class').on(table.versionId, table.split, table.classIndex, table.position),
]);

/** Two pictures of one version that are the same or nearly so, each pair once. */
export const duplicatePicture = pgTable('duplicate_picture', {
  versionId: uuid().notNull().references(() => datasetVersion.id, { onDelete: 'cascade' }),
  /** Positions of the two pictures, the lower one first. */
  first: integer().notNull(),
  second: integer().notNull(),
  /** Equal bytes; else perceptual hashes that differ in `distance` bits. */
  exact: boolean().notNull(),
  distance: integer().notNull(),
  /** One is for training, the other for validation: the model would be measured on what it has seen. */
  leaks: boolean().notNull(),
}, (table) => [primaryKey({ columns: [table.versionId, table.first, table.second] })]);

export type DatasetRow = typeof dataset.$inferSelect;
export type DatasetVersionRow = typeof datasetVersion.$inferSelect;
export type PictureRow = typeof picture.$inferSelect;
export type DuplicatePictureRow = typeof duplicatePicture.$inferSelect;
export type Split = PictureRow['split'];
