import { asc, eq, inArray } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { isId } from '../../id';
import { backbone, type BackboneRow } from '../../schema';

export async function findBackbones(db: Executor, ids: readonly string[]): Promise<Map<string, BackboneRow>> {
  const rows = await db.select().from(backbone).where(inArray(backbone.id, ids.filter(isId)));
  return new Map(rows.map((row) => [row.id, row]));
}

export async function findBackboneByName(db: Executor, name: string): Promise<BackboneRow | null> {
  const [row] = await db.select().from(backbone).where(eq(backbone.name, name));
  return row ?? null;
}

/** By name. */
export function listBackbones(db: Executor): Promise<BackboneRow[]> {
  return db.select().from(backbone).orderBy(asc(backbone.name));
}
