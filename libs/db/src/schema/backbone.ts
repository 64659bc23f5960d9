import { bigint, jsonb, pgEnum, pgTable, text } from 'drizzle-orm/pg-core';
import type { StoredFile } from './blob';
import { createdAt, id, moment } from './columns';

export const backboneSource = pgEnum('backbone_source', ['BUILT_IN', 'CATALOGUE', 'IMPORTED']);
/** ABSENT: known, not downloaded yet. FETCHING: download under way. READY: files verified and stored. FAILED: see fetch_error. */
export const backboneStatus = pgEnum('backbone_status', ['ABSENT', 'FETCHING', 'READY', 'FAILED']);

/** BackboneSpec of @thaw/model-zoo, which this package may not import. */
export interface StoredBackboneSpec {
  name: string;
  architecture: string;
  preprocessing: { inputSize: number; resize: 'fill'; range?: [number, number]; mean?: [number, number, number]; std?: [number, number, number]; channelOrder?: 'bgr' };
  blocks: { name: string; firstLayer: string }[];
  featureLayer: string;
}

export const backbone = pgTable('backbone', {
  id: id(),
  name: text().notNull().unique(),
  title: text().notNull(),
  description: text(),
  source: backboneSource().notNull(),
  status: backboneStatus().notNull(),
  spec: jsonb().$type<StoredBackboneSpec>().notNull(),
  /** empty until READY */
  files: jsonb().$type<StoredFile[]>().notNull().default([]),
  /** filesDigest; null until the files are there, unless the catalogue pins it */
  digest: text(),
  licence: text(),
  /** of model.json */
  address: text(),
  parameters: bigint({ mode: 'number' }),
  /** bytes */
  fetchTotal: bigint({ mode: 'number' }),
  fetchDone: bigint({ mode: 'number' }),
  fetchError: text(),
  createdAt: createdAt(),
  updatedAt: moment().notNull().defaultNow(),
});

export type BackboneRow = typeof backbone.$inferSelect;
