import { sql } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { key, project, type KeyRow } from '../../schema';
import type { RunFilter } from './run-filter';

type Kind = KeyRow['kind'];

/** Where a list looks, by ids: Postgres plans best when the first column of an index is given as a constant. */
export interface RunScope {
  /** Projects in sight; none when the one asked for does not exist. */
  projects: string[];
  /** Ids of a key, one for each project that uses it. */
  keys(kind: Kind, name: string): number[];
}

/** Of one project by name, or of all. names: the keys that filter and order speak of. */
export async function findRunScope(db: Executor, projectName: string | null | undefined, names: readonly { kind: Kind; name: string }[]): Promise<RunScope> {
  const [metrics, params] = (['METRIC', 'PARAM'] as const).map((kind) => sql.param([...new Set(names.filter((each) => each.kind === kind).map(({ name }) => name))]));
  const { rows } = await db.execute<{ project_id: string; id: number | null; kind: Kind | null; name: string | null }>(sql`/* findRunScope */
    select ${project.id} as project_id, ${key.id}, ${key.kind}, ${key.name} from ${project}
    left join ${key} on ${key.projectId} = ${project.id} and ((${key.kind} = 'METRIC' and ${key.name} = any(${metrics}::text[])) or (${key.kind} = 'PARAM' and ${key.name} = any(${params}::text[])))
    where ${project.deletedAt} is null ${projectName ? sql`and ${project.name} = ${projectName}` : sql``}`);
  const ids = new Map<string, number[]>();
  for (const { id, kind, name } of rows) {
    if (id !== null) ids.set(`${kind} ${name}`, [...(ids.get(`${kind} ${name}`) ?? []), id]);
  }
  return { projects: [...new Set(rows.map((row) => row.project_id))], keys: (kind, name) => ids.get(`${kind} ${name}`) ?? [] };
}

export function keysIn(filter: RunFilter): { kind: Kind; name: string }[] {
  const inner = [...(filter.and ?? []), ...(filter.or ?? []), ...(filter.not ? [filter.not] : [])].flatMap(keysIn);
  if (filter.metric) inner.push({ kind: 'METRIC', name: filter.metric.key });
  if (filter.config) inner.push({ kind: 'PARAM', name: filter.config.key });
  return inner;
}
