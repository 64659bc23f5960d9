import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { startTestApi, type TestApi } from '../testing';
import { checkJson, configLimits } from './check-json';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api[Symbol.asyncDispose]());

const create = async (input: object) =>
  (await api.gql('mutation ($input: CreateRunInput!) { createRun(input: $input) { run { id config metrics { key count last } } userErrors { field code } } }', { input: { project: 'scripts', ...input } })).createRun;
const anyConfig = fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue({ maxDepth: 4 }), { maxKeys: 6 });
/** As JSON carries it: -0 is 0. */
const asJson = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;

test('any config is either refused with a reason or comes back as it was, with a param for each value', async () => {
  await fc.assert(fc.asyncProperty(anyConfig, async (given) => {
    const config = asJson(given) as Record<string, unknown>;
    const { run, userErrors } = await create({ config });
    expect(userErrors).toEqual(checkJson('config', config, configLimits).map(({ field, code }) => ({ field, code })));
    if (!run) return;
    expect(run.config).toEqual(config);
    const { rows } = await api.db.$client.query('select key.name, run_param.number, run_param.text from run_param join key on key.id = run_param.key_id where run_id = $1', [run.id]);
    expect(rows.length).toBe(countValues(config));
  }), { numRuns: 60 });
});

test('a run that is sent any number of times, at once or one after the other, is there once and whole', async () => {
  const points = fc.array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.double({ noDefaultInfinity: true, noNaN: true })), { minLength: 1, maxLength: 30 });
  await fc.assert(fc.asyncProperty(points, fc.integer({ min: 1, max: 5 }), fc.boolean(), async (given, times, ended) => {
    const input = { id: randomUUID(), metrics: [{ key: 'x', steps: given.map(([step]) => step), values: given.map(([, value]) => value) }], end: ended ? {} : null };
    const answers = [...(await Promise.all(Array.from({ length: times }, () => create(input)))), await create(input)];
    expect(answers.map(({ run, userErrors }) => [run?.id, userErrors])).toEqual(answers.map(() => [input.id, []]));
    const last = new Map(given).get(Math.max(...given.map(([step]) => step)))!;
    expect(answers.at(-1)!.run.metrics).toEqual([{ key: 'x', count: new Set(given.map(([step]) => step)).size, last: last + 0 }]);
    expect((await create({ ...input, name: 'other' })).userErrors).toEqual([{ field: 'id', code: 'RUN_ID_TAKEN' }]);
  }), { numRuns: 25 });
});

function countValues(value: unknown): number {
  if (value === null) return 0;
  if (typeof value !== 'object' || Array.isArray(value)) return 1;
  return Object.values(value).reduce<number>((sum, inner) => sum + countValues(inner), 0);
}
