import { sql } from 'drizzle-orm';
import type { Database } from '../../connect';
import { isReferredTo, isTakeable } from './find-unreferenced-blobs';

/** Removes the rows of those that still nothing refers to, and answers them. The files stay: see withoutRow. */
export function removeBlobs(db: Database, sha256s: readonly string[]): Promise<{ sha256: string; size: number }[]> {
  return db.transaction(async (tx) => {
    const wanted = sql.param([...sha256s]);
    const { rows: held } = await tx.execute<{ sha256: string }>(sql`/* removeBlobs */ select sha256 from blob where sha256 = any(${wanted}::text[]) and ${isTakeable} order by sha256 for update skip locked`);
    // A statement of its own, which sees what others committed before they let go of the rows.
    const { rows } = await tx.execute<{ sha256: string; size: string }>(sql`/* removeBlobs */
      delete from blob where sha256 = any(${sql.param(held.map(({ sha256 }) => sha256))}::text[]) and not ${isReferredTo}
      returning sha256, size`);
    return rows.map(({ sha256, size }) => ({ sha256, size: Number(size) }));
  });
}
