import { and, eq, inArray } from 'drizzle-orm';
import type { Database } from '../../connect';
import { backbone, type BackboneRow } from '../../schema';
import { referToBlobs } from '../blob/refer-to-blobs';
import { notify } from '../notify';
import { markReady } from './update-fetch';

export type ImportedBackbone = Pick<BackboneRow, 'name' | 'title' | 'description' | 'spec' | 'files' | 'licence' | 'address' | 'parameters'> & { digest: string };

export type InsertedBackbone = { ok: true; backbone: BackboneRow } | { ok: false; reason: 'NAME_TAKEN' | 'BLOB_GONE' };

export function insertImportedBackbone(db: Database, values: ImportedBackbone): Promise<InsertedBackbone> {
  return db.transaction(async (tx): Promise<InsertedBackbone> => {
    if ((await referToBlobs(tx, values.files.map(({ sha256 }) => sha256))).length > 0) return { ok: false, reason: 'BLOB_GONE' };
    const [row] = await tx.insert(backbone).values({ ...values, source: 'IMPORTED', status: 'READY' }).onConflictDoNothing().returning();
    if (!row) return { ok: false, reason: 'NAME_TAKEN' };
    await notify(tx, 'backboneChanged', row.id);
    return { ok: true, backbone: row };
  });
}

/** Fills a catalogue row whose download did not come; NAME_TAKEN when it has become something else meanwhile. */
export async function fillCatalogueBackbone(db: Database, id: string, { files, digest }: Pick<ImportedBackbone, 'files' | 'digest'>): Promise<InsertedBackbone> {
  const open = await db.select({ id: backbone.id }).from(backbone).where(and(eq(backbone.id, id), inArray(backbone.status, ['ABSENT', 'FETCHING', 'FAILED'])));
  if (open.length === 0) return { ok: false, reason: 'NAME_TAKEN' };
  if (!(await markReady(db, id, files, digest))) return { ok: false, reason: 'BLOB_GONE' };
  const [row] = await db.select().from(backbone).where(eq(backbone.id, id));
  return { ok: true, backbone: row! };
}
