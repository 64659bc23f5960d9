import { and, eq, inArray } from 'drizzle-orm';
import type { Database } from '../../connect';
import { backbone, type BackboneRow } from '../../schema';
import { notify } from '../notify';
import { markReady } from './update-fetch';

export type ImportedBackbone = Pick<BackboneRow, 'name' | 'title' | 'description' | 'spec' | 'files' | 'licence' | 'address' | 'parameters'> & { digest: string };

/** null when the name is taken. */
export function insertImportedBackbone(db: Database, values: ImportedBackbone): Promise<BackboneRow | null> {
  return db.transaction(async (tx) => {
    const [row] = await tx.insert(backbone).values({ ...values, source: 'IMPORTED', status: 'READY' }).onConflictDoNothing().returning();
    if (row) await notify(tx, 'backboneChanged', row.id);
    return row ?? null;
  });
}

/** Fills a catalogue row whose download did not come; null when it has become something else meanwhile. */
export async function fillCatalogueBackbone(db: Database, id: string, { files, digest }: Pick<ImportedBackbone, 'files' | 'digest'>): Promise<BackboneRow | null> {
  const open = await db.select({ id: backbone.id }).from(backbone).where(and(eq(backbone.id, id), inArray(backbone.status, ['ABSENT', 'FETCHING', 'FAILED'])));
  if (open.length === 0) return null;
  await markReady(db, id, files, digest);
  const [row] = await db.select().from(backbone).where(eq(backbone.id, id));
  return row ?? null;
}
