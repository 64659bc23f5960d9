import { and, inArray, sql, type SQL } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { isId } from '../../id';
import { run, runStatus, type RunStatus } from '../../schema';
import { backbonesNamed, configRows, dateTests, idsOf, isGiven, isOneOf, mentionsDeleted, metricRows, type RunFilter, textTests, versionsOf } from './run-filter';
import type { RunScope } from './run-scope';

/** So few runs are sorted and tested one by one sooner than an order is walked. */
const few = 3000;

/**
 * The ids of all runs that can match, when an index tells that they are few; null when it cannot. Counted, not
 * estimated: Postgres knows too little about which values go with which key.
 */
export async function findFewCandidates(db: Executor, filter: RunFilter, scope: RunScope): Promise<SQL | null> {
  // Indexes hold runs in sight only.
  if (mentionsDeleted(filter)) return null;
  const candidates = conjuncts(filter).flatMap((part) => candidatesOf(part, scope) ?? []);
  if (candidates.length === 0) return null;
  const counts = candidates.map((ids, n) => sql`(select count(*) from (select from (${ids}) as candidate limit ${few + 1}) as counted)::int as ${sql.identifier(`c${n}`)}`);
  const { rows } = await db.execute<Record<string, number>>(sql`/* findFewCandidates */ select ${sql.join(counts, sql`, `)}`);
  const [least] = candidates.map((ids, n) => ({ ids, count: rows[0]![`c${n}`]! })).sort((a, b) => a.count - b.count);
  return least!.count <= few ? least!.ids : null;
}

/** Parts that must all hold, with `not` moved inwards where that frees a part. */
export function conjuncts(filter: RunFilter): RunFilter[] {
  const { and: all, or: any, not, ...rest } = filter;
  const parts = Object.entries(rest).filter(([, value]) => isGiven(value)).map(([name, value]): RunFilter => ({ [name]: value }));
  if (all) parts.push(...all.flatMap(conjuncts));
  if (any) parts.push(...(any.length === 1 ? conjuncts(any[0]!) : [{ or: any }]));
  if (not) parts.push(...negated(not));
  return parts;
}

function negated(filter: RunFilter): RunFilter[] {
  if (filter.or && Object.keys(filter).length === 1) return filter.or.flatMap(negated);
  if (filter.not && Object.keys(filter).length === 1) return conjuncts(filter.not);
  if (filter.status && Object.keys(filter).length === 1) return [{ status: runStatus.enumValues.filter((each): each is RunStatus => !filter.status!.includes(each)) }];
  return [{ not: filter }];
}

/** A select of run ids that an index answers, holding at least all runs that match; null when there is none. */
function candidatesOf(filter: RunFilter, scope: RunScope): SQL | null {
  if (filter.or) {
    const parts = filter.or.map((part) => conjuncts(part).reduce<SQL | null>((found, each) => found ?? candidatesOf(each, scope), null));
    return parts.every(isGiven) ? (parts.length > 0 ? sql.join(parts.map((each) => sql`(${each})`), sql` union all `) : none) : null;
  }
  if (filter.metric) {
    const { ne: _, ...tests } = filter.metric;
    if (tests.exists === false || !hasTest(tests)) return null;
    return selected(metricRows(tests, scope));
  }
  if (filter.config) {
    const { ne: _, contains: __, ...tests } = filter.config;
    if (tests.exists === false || tests.eq === null || !hasTest(tests)) return null;
    return selected(configRows(tests, scope));
  }
  if (filter.ids) return inProjects(scope, sql`${run.id} = any(${sql.param(filter.ids.filter(isId))}::uuid[])`);
  if (filter.status) return filter.status.length > 0 ? inProjects(scope, inArray(run.status, filter.status)) : none;
  if (filter.name) {
    const { eq, in: among, contains } = filter.name;
    if (isGiven(eq) || among || hasTrigram(contains)) return inProjects(scope, ...textTests(sql`${run.name}`, { eq, in: among, contains }));
  }
  if (filter.notes && hasTrigram(filter.notes.contains)) return inProjects(scope, ...textTests(sql`${run.notes}`, { contains: filter.notes.contains }));
  if (isGiven(filter.tag)) return inProjects(scope, sql`${run.tags} @> array[${filter.tag}]::text[]`);
  if (filter.dataset) return inProjects(scope, sql`${run.datasetVersionId} = any(${versionsOf(filter.dataset)})`);
  if (filter.backbone) return inProjects(scope, sql`${run.backboneId} = any(${backbonesNamed(filter.backbone)})`);
  if (isGiven(filter.parentRun)) return isId(filter.parentRun) ? inProjects(scope, sql`${run.parentRunId} = ${filter.parentRun}`) : none;
  for (const [name, column] of [['createdAt', run.createdAt], ['startedAt', run.startedAt], ['endedAt', run.endedAt]] as const) {
    const dates = filter[name];
    if (dates && (isGiven(dates.after) || isGiven(dates.before))) return inProjects(scope, ...dateTests(sql`${column}`, { after: dates.after, before: dates.before }));
  }
  return null;
}

/** Shorter parts of words say nothing to an index of trigrams. */
const hasTrigram = (text: string | null | undefined) => /[\p{L}\p{N}]{3}/u.test(text ?? '');

const none = sql`select null::uuid as id where false`;
const hasTest = (tests: object) => Object.entries(tests).some(([name, value]) => name !== 'key' && name !== 'stat' && isGiven(value));
const selected = (rows: Parameters<typeof idsOf>[0] | null): SQL => (rows ? idsOf(rows) : none);
const inProjects = ({ projects }: RunScope, ...conditions: (SQL | undefined)[]): SQL =>
  sql`select ${run.id} from ${run} where ${and(isOneOf(sql`${run.projectId}`, projects), sql`${run.deletedAt} is null`, ...conditions)}`;
