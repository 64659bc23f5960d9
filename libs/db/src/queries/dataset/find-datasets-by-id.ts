import { inArray } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { dataset, type DatasetRow } from '../../schema';

export async function findDatasetsById(db: Executor, ids: readonly string[]): Promise<Map<string, DatasetRow>> {
  const rows = await db.select().from(dataset).where(inArray(dataset.id, [...ids]));
  return new Map(rows.map((row) => [row.id, row]));
}
