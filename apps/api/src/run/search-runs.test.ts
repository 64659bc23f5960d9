import { parseSearch, type RunFilter } from '@thaw/search';
import { Pool } from 'pg';
import { seedRuns } from '@thaw/db/testing-runs';
import { startTestApi, type TestApi } from '../testing';
import { statementsOf } from '../testing-statements';

interface Row {
  id: string;
  name: string;
  status: string;
  createdAt: string;
  durationSeconds: number | null;
  tags: string[];
  config: Record<string, unknown>;
  metrics: { key: string; last: number | null }[];
}

let api: TestApi;
let pool: Pool;
let all: Row[];

beforeAll(async () => {
  api = await startTestApi();
  const { current } = (await api.db.execute('select current_database() as current')).rows[0] as { current: string };
  pool = new Pool({ connectionString: Object.assign(new URL(process.env.TEST_DATABASE_URL!), { pathname: `/${current}` }).href, max: 2 });
  await seedRuns(pool, { runs: 2400 });
  all = [];
  for (let after: string | null = null; ; ) {
    const { runs }: { runs: Page } = await api.gql('query ($after: String) { runs(project: "bench", first: 1000, after: $after) { nodes { id name status createdAt durationSeconds tags config metrics(keys: ["val/accuracy", "val/loss"]) { key last } } pageInfo { hasNextPage endCursor } } }', { after });
    all.push(...runs.nodes);
    if (!runs.pageInfo.hasNextPage) break;
    after = runs.pageInfo.endCursor;
  }
}, 60_000);

afterAll(async () => {
  await pool.end();
  await api[Symbol.asyncDispose]();
});

interface Page {
  nodes: Row[];
  pageInfo: { hasNextPage: boolean; endCursor: string };
  totalCount: number;
  statusCounts: { status: string; count: number }[];
}

const leaf = (config: Record<string, unknown>, path: string): unknown => path.split('.').reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], config);
const metricOf = (row: Row, key: string) => row.metrics.find((metric) => metric.key === key)?.last ?? null;

/** What a filter means, said a second time and plainly. */
function holds(row: Row, filter: RunFilter): boolean {
  return Object.entries(filter).every(([name, test]) => {
    switch (name) {
      case 'and':
        return filter.and!.every((part) => holds(row, part));
      case 'or':
        return filter.or!.some((part) => holds(row, part));
      case 'not':
        return !holds(row, filter.not!);
      case 'status':
        return filter.status!.includes(row.status);
      case 'tag':
        return row.tags.includes(filter.tag!);
      case 'name':
        return row.name.toLowerCase().includes(filter.name!.contains!.toLowerCase());
      case 'duration':
        return compares(row.durationSeconds, test);
      case 'createdAt':
        return filter.createdAt!.after ? row.createdAt >= filter.createdAt!.after : row.createdAt < filter.createdAt!.before!;
      case 'metric':
        return filter.metric!.exists ? row.metrics.some(({ key }) => key === filter.metric!.key) : compares(metricOf(row, filter.metric!.key), test);
      case 'config':
        return compares(leaf(row.config, filter.config!.key), test);
      default:
        throw new Error(`${name} is not in this test`);
    }
  });
}

function compares(value: unknown, tests: Record<string, unknown>): boolean {
  return Object.entries(tests).every(([test, operand]) => {
    if (test === 'key' || test === 'stat') return true;
    if (test === 'ne') return value !== operand;
    if (value === null || value === undefined) return false;
    if (test === 'exists') return true;
    if (test === 'eq') return value === operand;
    if (test === 'in') return (operand as unknown[]).includes(value);
    if (test === 'contains') return typeof value === 'string' && value.toLowerCase().includes((operand as string).toLowerCase());
    if (typeof value !== 'number') return false;
    const limit = operand as number;
    return test === 'gt' ? value > limit : test === 'gte' ? value >= limit : test === 'lt' ? value < limit : value <= limit;
  });
}

const orders: [string, string, (row: Row) => (number | string | null)[]][] = [
  ['{ field: CREATED_AT }', 'DESC', (row) => [row.createdAt]],
  ['{ field: NAME, direction: ASC }', 'ASC', (row) => [row.name]],
  ['{ field: DURATION }', 'DESC', (row) => [row.status === 'RUNNING' ? null : row.durationSeconds]],
  ['{ field: METRIC, key: "val/accuracy" }', 'DESC', (row) => [metricOf(row, 'val/accuracy')]],
  ['{ field: METRIC, key: "val/loss", direction: ASC }', 'ASC', (row) => [metricOf(row, 'val/loss')]],
  ['{ field: METRIC, key: "nobody/logs/this" }', 'DESC', () => [null]],
  ['{ field: CONFIG, key: "learningRate" }', 'DESC', (row) => [leaf(row.config, 'learningRate') as number]],
  ['{ field: CONFIG, key: "sweep", direction: ASC }', 'ASC', (row) => [(leaf(row.config, 'sweep') as string) ?? null]],
];

function inOrder(rows: Row[], direction: string, valuesOf: (row: Row) => (number | string | null)[]): string[] {
  const sign = direction === 'DESC' ? -1 : 1;
  const compare = (a: number | string | null, b: number | string | null) => (a === b ? 0 : a === null ? 1 : b === null ? -1 : sign * (a < b ? -1 : 1));
  return [...rows].sort((a, b) => valuesOf(a).reduce<number>((order, value, n) => order || compare(value, valuesOf(b)[n]!), 0) || sign * (a.id < b.id ? -1 : 1)).map(({ id }) => id);
}

const searches = [
  '', 'val/accuracy > 0.9', 'val/accuracy > 0.985', 'not val/accuracy > 0.1', 'val/accuracy <= 0.5', 'not val/loss exists', 'val/accuracy != 0.5',
  'config.freeze = head', 'config.freeze != head', 'not config.precision = float32', 'config.sweep exists', 'not config.sweep ~ sweep', 'config.learningRate > 0.001 config.learningRate < 0.002', 'config.augment.flip = true',
  'config.optimizer.name in (sgd, rmsprop)', 'tag:baseline', 'not tag:baseline', 'tag:nobody', 'status != FINISHED', '"vit"', 'not "head"', '"-17"', 'duration > 1h', 'not duration > 1h',
  'val/accuracy > 0.9 and config.freeze = "head" and not tag:baseline', 'val/accuracy > 0.9 and val/loss > 0.5', 'tag:best or config.host = node-150', 'not (tag:baseline or config.freeze = head or status = FINISHED)',
  'val/accuracy > 0.95 or status = QUEUED', 'config.epochs = 3 or not (val/accuracy < 0.9 and config.seed in (1, 2))', 'created > 2d ago', 'not created > 2d ago', 'nobody/logs/this > 3', 'not config.nobody = 3',
];

test.each(searches.map((search, n) => [search, n] as const))('%s: in any order, in pages, is what a plain filter and sort make of all runs', async (search, n) => {
  const { filter, problems } = parseSearch(search);
  expect(problems).toEqual([]);
  const matching = all.filter((row) => holds(row, filter!));
  const counts = Object.entries(matching.reduce<Record<string, number>>((sum, { status }) => ({ ...sum, [status]: (sum[status] ?? 0) + 1 }), {})).sort();
  // Newest first, where counts are asked for too, and two others in turn.
  for (const [order, direction, valuesOf] of [orders[0]!, orders[1 + (n % 7)]!, orders[1 + ((n + 3) % 7)]!]) {
    const expected = inOrder(matching, direction, valuesOf);
    const found: string[] = [];
    for (let after: string | null = null, page = 0; page < 3; page++) {
      const { runs }: { runs: Page } = await api.gql(`query ($search: String, $after: String) { runs(project: "bench", search: $search, first: ${page === 1 ? 900 : 20}, after: $after, orderBy: ${order}) { nodes { id } pageInfo { hasNextPage endCursor } ${page === 0 && order.includes('CREATED') ? 'totalCount statusCounts { status count }' : ''} } }`, { search, after });
      if (runs.statusCounts) {
        expect(runs.totalCount).toBe(matching.length);
        expect(runs.statusCounts.map(({ status, count }) => [status, count]).sort()).toEqual(counts);
      }
      found.push(...runs.nodes.map(({ id }) => id));
      expect(runs.pageInfo.hasNextPage).toBe(found.length < expected.length);
      if (!runs.pageInfo.hasNextPage) break;
      after = runs.pageInfo.endCursor;
    }
    expect({ order, found }).toEqual({ order, found: expected.slice(0, found.length) });
  }
});

test('a list makes as many statements for one run as for a hundred, however much is selected', async () => {
  const everything = `nodes { id name project { name } dataset { version dataset { name } } backbone { name } parentRun { name } trainer { name } metrics(keys: ["val/accuracy"]) { last } few: metrics(keys: ["lr"]) { last } finalMetrics { key } artifacts { name } } totalCount statusCounts { count }`;
  const counts = [];
  for (const first of [1, 10, 100]) {
    counts.push((await statementsOf(() => api.gql(`{ runs(project: "bench", first: ${first}, search: "val/accuracy > 0.5 not tag:baseline", orderBy: { field: METRIC, key: "val/accuracy" }) { ${everything} } }`))).length);
  }
  expect(counts[1]).toBe(counts[2]);
  expect(counts[0]).toBeLessThanOrEqual(counts[1]!);
  expect(counts[2]).toBeLessThanOrEqual(20);
  expect(await statementsOf(() => api.gql('{ runs(project: "bench", first: 10) { nodes { id } } }'))).toHaveLength(3);
  expect(await statementsOf(() => api.gql('{ runs(project: "bench", first: 10) { nodes { id } totalCount statusCounts { count } } }'))).toHaveLength(5);
  expect(await statementsOf(() => api.gql('{ runGroups(project: "bench", by: ["freeze", "optimizer.name"], metrics: [{ key: "val/accuracy" }]) { nodes { count aggregates { mean } statusCounts { count } } } }'))).toHaveLength(2);
});

test.each([
  ['', 'field: CREATED_AT'],
  ['', 'field: METRIC, key: "val/accuracy"'],
  ['', 'field: CONFIG, key: "freeze"'],
  ['', 'field: DURATION'],
  ['not tag:baseline', 'field: NAME'],
  ['not config.freeze = head', 'field: METRIC, key: "val/loss", direction: ASC'],
  ['config.host = node-150', 'field: METRIC, key: "val/accuracy"'],
  ['status = FAILED', 'field: CREATED_AT'],
  ['val/accuracy > 0.9', 'field: CREATED_AT'],
  ['"-1717"', 'field: NAME'],
])('%s by %s is answered from indexes', async (search, order) => {
  const statements = await statementsOf(() => api.gql(`query ($search: String) { runs(project: "bench", first: 50, search: $search, orderBy: { ${order} }) { nodes { id } } }`, { search }));
  const lists = statements.filter(({ text }) => /listRuns|findFewCandidates/.test(text));
  expect(lists.length).toBeGreaterThan(0);
  for (const { text, values } of lists) {
    const { rows } = await pool.query<{ 'QUERY PLAN': string }>(`explain ${text}`, values);
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan).not.toMatch(/Seq Scan on (run|metric_series|run_param)\b/);
  }
});

const refusal = async (query: string, variables?: object) => (await api.post({ query, variables })).body.errors?.[0];

test('a search that makes no sense is refused where it goes wrong', async () => {
  expect(await refusal('{ runs(search: "stauts = FINISHED") { nodes { id } } }')).toMatchObject({ message: expect.stringMatching(/column 1: .*Did you mean status/), extensions: { code: 'BAD_USER_INPUT', column: 1, length: 6, expected: ['a number'] } });
  expect((await api.gql('query ($s: String!) { parseSearch(search: $s) { filter problems { message column length expected } } }', { s: 'tag:a val/loss <' })).parseSearch).toMatchObject({ filter: null, problems: [{ column: 17, length: 0, expected: ['a value'] }] });
  expect((await api.gql('query ($s: String!) { parseSearch(search: $s) { filter problems { message } } }', { s: 'tag:a' })).parseSearch).toEqual({ filter: { tag: 'a' }, problems: [] });
  expect(await refusal('query ($s: String) { runs(search: $s) { nodes { id } } }', { s: '"\u0000"' })).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
});

test('a cursor that was changed, or is of another list, is refused', async () => {
  const list = 'query ($after: String, $search: String = "tag:baseline", $order: RunOrder = { field: METRIC, key: "val/accuracy" }) { runs(project: "bench", first: 2, search: $search, orderBy: $order, after: $after) { nodes { id } pageInfo { endCursor } } }';
  const after: string = (await api.gql(list)).runs.pageInfo.endCursor;
  expect(await refusal(list, { after })).toBeUndefined();
  const [values, id, check] = JSON.parse(Buffer.from(after, 'base64url').toString());
  const forged = (...content: unknown[]) => Buffer.from(JSON.stringify(content)).toString('base64url');
  for (const changed of [forged([0.5], id, check), forged(['0.5'], id, check), forged(['x'], id, check), forged(values, 'x', check), forged(values, id), forged(values, id, 'x'), forged(null), forged([[1]], id, check), 'x', `${after}x`, `x${after}`, after.slice(2)]) {
    expect({ changed, error: await refusal(list, { after: changed }) }).toMatchObject({ error: { extensions: { code: 'BAD_USER_INPUT' } } });
  }
  for (const other of [{ search: 'tag:best' }, { order: { field: 'METRIC', key: 'val/loss' } }, { order: { field: 'METRIC', key: 'val/accuracy', direction: 'ASC' } }, { order: { field: 'CREATED_AT' } }]) {
    expect(await refusal(list, { after, ...other })).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
  }
});

test('groups by config values carry counts, aggregates and the filter that lists their runs', async () => {
  const query = `query ($after: String) { runGroups(project: "bench", search: "status in (FINISHED, FAILED)", by: ["freeze", "sweep"], metrics: [{ key: "val/accuracy" }, { key: "val/loss", stat: MIN }], first: 7, after: $after) {
    nodes { values { key value } count statusCounts { status count } aggregates { key stat count mean std min max } filter } totalCount pageInfo { hasNextPage endCursor } } }`;
  const groups = [];
  for (let after: string | null = null; ; ) {
    const { runGroups }: { runGroups: { nodes: { values: { value: unknown }[]; count: number; filter: object; aggregates: { count: number; mean: number; min: number; max: number }[] }[]; totalCount: number; pageInfo: { hasNextPage: boolean; endCursor: string } } } = await api.gql(query, { after });
    groups.push(...runGroups.nodes);
    if (!runGroups.pageInfo.hasNextPage) {
      expect(groups).toHaveLength(runGroups.totalCount);
      break;
    }
    after = runGroups.pageInfo.endCursor;
  }
  const listed = all.filter(({ status }) => status === 'FINISHED' || status === 'FAILED');
  expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(listed.length);
  for (const group of groups.slice(0, 8)) {
    const [freeze, sweep] = group.values.map(({ value }) => value);
    const rows = listed.filter(({ config }) => config.freeze === freeze && (config.sweep ?? null) === sweep);
    const values = rows.flatMap((row) => metricOf(row, 'val/accuracy') ?? []);
    expect(group.count).toBe(rows.length);
    expect(group.aggregates[0]).toMatchObject({ count: values.length, min: Math.min(...values), max: Math.max(...values) });
    expect(group.aggregates[0]!.mean).toBeCloseTo(values.reduce((sum, value) => sum + value, 0) / values.length, 9);
    expect((await api.gql('query ($filter: RunFilter) { runs(project: "bench", filter: $filter, first: 1) { totalCount } }', { filter: group.filter })).runs.totalCount).toBe(rows.length);
  }
  expect(await refusal('{ runGroups(by: [], project: "bench") { nodes { count } } }')).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
});

test('keys of a project, part by part', async () => {
  const names = async (args: string) => (await api.gql(`{ keys(project: "bench", ${args}) { nodes { name } totalCount pageInfo { endCursor hasNextPage } } }`)).keys;
  expect(await names('kind: METRIC, contains: "ACC"')).toMatchObject({ nodes: [{ name: 'train/accuracy' }, { name: 'val/accuracy' }], totalCount: 2 });
  const page = await names('kind: PARAM, first: 3');
  expect(page).toMatchObject({ nodes: [{ name: 'augment.crop' }, { name: 'augment.flip' }, { name: 'augment.mixup' }], totalCount: 20, pageInfo: { hasNextPage: true } });
  expect((await names(`kind: PARAM, first: 1, after: "${page.pageInfo.endCursor}"`)).nodes).toEqual([{ name: 'batchSize' }]);
  expect((await names('kind: PARAM, contains: "100%"')).nodes).toEqual([]);
});

test('deleted runs, and runs of deleted projects, are out of sight', async () => {
  const [{ id }] = (await api.gql('{ runs(project: "bench", search: "tag:best", first: 1) { nodes { id } } }')).runs.nodes as [{ id: string }];
  const count = async (search: string) => (await api.gql('query ($s: String) { runs(search: $s) { nodes { id } totalCount } }', { s: search })).runs.totalCount as number;
  const before = await count('');
  await api.gql('mutation ($id: ID!) { deleteRuns(ids: [$id]) { userErrors { message } } }', { id });
  expect(await count('')).toBe(before - 1);
  expect(await count(`id = "${id}"`)).toBe(0);
  expect(await count('deleted:true')).toBe(1);
  expect(await count('deleted:true or deleted:false')).toBe(before);
  expect(await count(`tag:best deleted:true`)).toBe(1);
  await api.gql('mutation ($id: ID!) { restoreRuns(ids: [$id]) { userErrors { message } } }', { id });
  expect(await count('')).toBe(before);
});
