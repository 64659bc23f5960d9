import { runEndReason } from '@thaw/db';
import { countKeys, listKeys } from '@thaw/db/queries/key/list-keys';
import { countRunsByStatus } from '@thaw/db/queries/run/count-runs';
import { groupRuns, type RunGroupRow } from '@thaw/db/queries/run/group-runs';
import { listRuns, type RunList } from '@thaw/db/queries/run/list-runs';
import { parseSearch } from '@thaw/search';
import { Arg, Ctx, Int, Query, Resolver } from 'type-graphql';
import { checkFirst, decodeCursor, encodeCursor, type Page, toPage } from '../connection';
import type { Context } from '../context';
import { badInput } from '../errors';
import { checksum } from './list-cursor';
import { readList, refuseNul } from './list-input';
import { RunFilter, RunOrder } from './run-filter.input';
import { MetricAggregateInput, type RunGroup, RunGroupConnection, RunGroupField } from './run-group.type';
import { cursorOf, readCursor, readOrder } from './run-order';
import { type RunPage, toRunPage } from './run-page';
import { RunConnection } from './run.type';
import { KeyConnection, KeyKind, ParsedSearch } from './search.type';

const searchHelp = 'In the search language, such as: val/accuracy > 0.9 and config.freeze = "head" and not tag:baseline. Must hold besides filter.';
const mostLeftOut = 1_000_000;
const nextPage = 'pageInfo.endCursor of the page before.';

@Resolver()
export class ListResolver {
  @Query(() => RunConnection, { description: 'Newest first, unless ordered otherwise.' })
  async runs(
    @Ctx() { db }: Context,
    @Arg('project', () => String, { nullable: true, description: 'By name; runs of all projects when left out.' }) project?: string | null,
    @Arg('filter', () => RunFilter, { nullable: true, description: 'Which runs.' }) filter?: RunFilter | null,
    @Arg('search', () => String, { nullable: true, description: searchHelp }) search?: string | null,
    @Arg('orderBy', () => RunOrder, { nullable: true, description: 'CREATED_AT when left out.' }) orderBy?: RunOrder | null,
    @Arg('first', () => Int, { defaultValue: 50, description: 'At most this many, 1 to 1000.' }) first = 50,
    @Arg('after', () => String, { nullable: true, description: nextPage }) after?: string | null,
    @Arg('offset', () => Int, { defaultValue: 0, description: 'Leaves out so many, 0 to 1,000,000: for a table that is scrolled to any place. Unlike `after` it shifts with runs that come and go.' }) offset = 0,
  ): Promise<RunPage> {
    const list = readList(project, filter, search);
    const order = readOrder(orderBy);
    // The text of a search, not what it means: "7d ago" is another moment on the next page.
    const identity = [order, project, filter, search];
    if (offset < 0 || offset > mostLeftOut) throw badInput(`offset is ${offset}. It must be from 0 to ${mostLeftOut}.`);
    const rows = await listRuns(db, list, order, checkFirst(first), { after: after ? readCursor(identity, order, after) : undefined, offset });
    const positions = new Map(rows.map(({ run, position }) => [run, position]));
    return toRunPage(rows.map(({ run }) => run), first, (run) => cursorOf(identity, positions.get(run)!), () => countRunsByStatus(db, list));
  }

  @Query(() => RunGroupConnection, { description: 'Runs grouped by fields and values of their config, the largest groups first.' })
  async runGroups(
    @Ctx() { db }: Context,
    @Arg('by', () => [String], { defaultValue: [], description: 'Dotted paths in the config; together with fields 1 to 5.' }) by: string[],
    @Arg('fields', () => [RunGroupField], { defaultValue: [], description: 'Facts to group by before by.' }) fields: RunGroupField[],
    @Arg('metrics', () => [MetricAggregateInput], { defaultValue: [], description: 'What to aggregate, at most 10.' }) metrics: MetricAggregateInput[],
    @Arg('project', () => String, { nullable: true, description: 'By name; runs of all projects when left out.' }) project?: string | null,
    @Arg('filter', () => RunFilter, { nullable: true, description: 'Which runs.' }) filter?: RunFilter | null,
    @Arg('search', () => String, { nullable: true, description: searchHelp }) search?: string | null,
    @Arg('first', () => Int, { defaultValue: 50, description: 'At most this many, 1 to 1000.' }) first = 50,
    @Arg('after', () => String, { nullable: true, description: nextPage }) after?: string | null,
  ): Promise<Page<RunGroup>> {
    const levels = fields.length + by.length;
    if (levels < 1 || levels > 5 || new Set(fields).size < fields.length) throw badInput(`fields and by have ${levels} entries; 1 to 5 are allowed, each field once.`);
    if (metrics.length > 10) throw badInput(`metrics has ${metrics.length} entries; at most 10 are allowed.`);
    refuseNul(by, metrics);
    const list = readList(project, filter, search);
    const aggregated = metrics.map(({ key, stat }) => ({ key, stat: stat ?? ('LAST' as const) }));
    const identity = [fields, by, aggregated, project, filter, search];
    const offset = after ? readOffset(identity, after) : 0;
    const { groups, total } = await groupRuns(db, list, { fields, by, metrics: aggregated }, checkFirst(first) + 1, offset);
    const nodes = groups.map((group) => toGroup(group, list, fields, by, aggregated));
    const at = new Map(nodes.map((node, n) => [node, offset + n + 1]));
    const cursor = (node: RunGroup) => encodeCursor([at.get(node), checksum(identity, at.get(node))]);
    return toPage(nodes, first, cursor, async () => (groups.length > 0 || offset === 0 ? total : (await groupRuns(db, list, { fields, by, metrics: [] }, 1, 0)).total));
  }

  @Query(() => KeyConnection, { description: 'Names of metrics and config values for completion, by name.' })
  async keys(
    @Ctx() { db }: Context,
    @Arg('project', () => String, { description: 'By name.' }) project: string,
    @Arg('kind', () => KeyKind, { description: 'Metrics or config values.' }) kind: KeyKind,
    @Arg('contains', () => String, { nullable: true, description: 'Only names with this; upper and lower case are the same.' }) contains?: string | null,
    @Arg('first', () => Int, { defaultValue: 50, description: 'At most this many, 1 to 1000.' }) first = 50,
    @Arg('after', () => String, { nullable: true, description: nextPage }) after?: string | null,
  ): Promise<Page<{ name: string }>> {
    refuseNul(project, contains);
    const list = { project, kind, contains };
    const rows = await listKeys(db, list, checkFirst(first), after ? readName(list, after) : undefined);
    return toPage(rows, first, ({ name }) => encodeCursor([name, checksum(list, name)]), () => countKeys(db, list));
  }

  @Query(() => ParsedSearch, { description: 'What a search means, or what is wrong with it, without running it.' })
  parseSearch(@Arg('search', () => String, { description: 'In the search language.' }) search: string): ParsedSearch {
    return parseSearch(search);
  }
}

function readOffset(identity: unknown, cursor: string): number {
  const [offset, check] = decodeCursor(cursor);
  if (typeof offset === 'number' && Number.isSafeInteger(offset) && offset >= 0 && check === checksum(identity, offset)) return offset;
  throw badInput('after is no cursor of these groups. Pass pageInfo.endCursor of the page before, with the same arguments.');
}

function readName(list: unknown, cursor: string): string {
  const [name, check] = decodeCursor(cursor);
  if (typeof name === 'string' && !name.includes('\0') && check === checksum(list, name)) return name;
  throw badInput('after is no cursor of these keys. Pass pageInfo.endCursor of the page before, with the same arguments.');
}

function toGroup(group: RunGroupRow, { filter }: RunList, fields: RunGroupField[], by: string[], metrics: { key: string; stat: 'LAST' | 'MIN' | 'MAX' }[]): RunGroup {
  const facts = fields.map((key, n) => ({ key, value: group.values[n] as string | null }));
  const params = by.map((key, n) => ({ key, value: readValue(group.values[fields.length + n]!) }));
  const own = [...facts.map(({ key, value }) => filterOfField(key, value)), ...params.map(({ key, value }) => ({ config: value === null ? { key, exists: false } : { key, eq: value } }))];
  const and = Object.keys(filter).length > 0 ? [filter, ...own] : own;
  return { ...group, values: [...facts, ...params], aggregates: group.aggregates.map((figures, n) => ({ ...metrics[n]!, ...figures })), filter: and.length === 1 ? and[0] : { and } };
}

/** The part of a RunFilter that finds the runs with this value of a field; null: those without. */
function filterOfField(field: RunGroupField, value: string | null): object {
  switch (field) {
    case 'STATUS':
      return { status: [value] };
    case 'KIND':
      return { kind: [value] };
    case 'END_REASON':
      return value === null ? { not: { endReason: runEndReason.enumValues } } : { endReason: [value] };
    case 'DATASET':
      return { dataset: value ?? '' };
    case 'BACKBONE':
      return { backbone: value ?? '' };
    case 'TRAINER':
      return { trainer: value ?? '' };
  }
}

/** Stored as people write it, so that a truth value is told by its word. */
const readValue = (value: number | string | null): number | string | boolean | null => (value === 'true' ? true : value === 'false' ? false : value);
