import { bigint, jsonb, pgEnum, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { uuidv7 } from 'uuidv7';
import type { StoredFile } from './blob';

export const backboneSource = pgEnum('backbone_source', ['BUILT_IN', 'CATALOGUE', 'IMPORTED']);
/** ABSENT: known, not downloaded yet. FETCHING: download under way. READY: files verified and stored. FAILED: see fetch_error. */
export const backboneStatus = pgEnum('backbone_status', ['ABSENT', 'FETCHING', 'READY', 'FAILED']);

/** BackboneSpec of @thaw/model-zoo, which this package may not import. */
export interface StoredBackboneSpec {
  name: string;
  architecture: string;
  preprocessing: { inputSize: number; resize: 'fill'; range?: [number, number]; mean?: [number, number, number]; std?: [number, number, number] };
  blocks: { name: string; firstLayer: string }[];
  featureLayer: string;
}

export const backbone = pgTable('backbone', {
  id: uuid('id').primaryKey().$defaultFn(uuidv7),
  name: text('name').notNull().unique(),
  title: text('title').notNull(),
  description: text('description'),
  source: backboneSource('source').notNull(),
  status: backboneStatus('status').notNull(),
  spec: jsonb('spec').$type<StoredBackboneSpec>().notNull(),
  /** empty until READY */
  files: jsonb('files').$type<StoredFile[]>().notNull().default([]),
  /** filesDigest; null until the files are there, unless the catalogue pins it */
  digest: text('digest'),
  licence: text('licence'),
  /** of model.json */
  address: text('address'),
  parameters: bigint('parameters', { mode: 'number' }),
  /** bytes */
  fetchTotal: bigint('fetch_total', { mode: 'number' }),
  fetchDone: bigint('fetch_done', { mode: 'number' }),
  fetchError: text('fetch_error'),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
});
