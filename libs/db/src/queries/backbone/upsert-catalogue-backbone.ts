import { ne, sql } from 'drizzle-orm';
import type { Database } from '../../connect';
import { backbone, type BackboneRow } from '../../schema';
import { referToBlobs } from '../blob/refer-to-blobs';

export type CatalogueBackbone = Pick<BackboneRow, 'name' | 'title' | 'description' | 'source' | 'status' | 'spec' | 'files' | 'digest' | 'licence' | 'address' | 'parameters' | 'fetchTotal' | 'fetchError'>;

/** Brings a row up to its catalogue entry. Files that were fetched stay, and so does what a person imported under the name. */
export async function upsertCatalogueBackbone(db: Database, values: CatalogueBackbone): Promise<void> {
  const { title, description, spec, licence, address, parameters } = values;
  const described = { title, description, spec, licence, address, parameters, updatedAt: sql`now()` };
  const fetched = sql`${backbone.status} in ('READY', 'FETCHING')`;
  const builtIn = values.source === 'BUILT_IN';
  await db.transaction(async (tx) => {
    await referToBlobs(tx, values.files.map(({ sha256 }) => sha256));
    await tx
      .insert(backbone)
      .values(values)
      .onConflictDoUpdate({
        target: backbone.name,
        set: builtIn
          ? { ...described, source: values.source, status: values.status, files: values.files, digest: values.digest, fetchError: values.fetchError }
          : { ...described, digest: sql`case when ${fetched} then ${backbone.digest} else excluded.digest end`, fetchTotal: sql`coalesce(${backbone.fetchTotal}, excluded.fetch_total)` },
        setWhere: ne(backbone.source, 'IMPORTED'),
      });
  });
}
