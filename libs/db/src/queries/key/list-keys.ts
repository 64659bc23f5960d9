import { and, asc, count, eq, gt, ilike, isNull } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { key, type KeyRow, project } from '../../schema';

export interface KeyList {
  project: string;
  kind: KeyRow['kind'];
  contains?: string | null;
}

/** Names of metrics or config values that runs of a project use, by name. Up to first + 1. */
export function listKeys(db: Executor, list: KeyList, first: number, after?: string): Promise<{ name: string }[]> {
  return db
    .select({ name: key.name })
    .from(key)
    .innerJoin(project, eq(project.id, key.projectId))
    .where(and(inList(list), after === undefined ? undefined : gt(key.name, after)))
    .orderBy(asc(key.name))
    .limit(first + 1);
}

export async function countKeys(db: Executor, list: KeyList): Promise<number> {
  const [row] = await db.select({ total: count() }).from(key).innerJoin(project, eq(project.id, key.projectId)).where(inList(list));
  return row!.total;
}

const inList = ({ project: name, kind, contains }: KeyList) =>
  and(eq(project.name, name), isNull(project.deletedAt), eq(key.kind, kind), contains ? ilike(key.name, `%${contains.replace(/[\\%_]/g, '\\$&')}%`) : undefined);
