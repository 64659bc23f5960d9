import { readFileSync } from 'node:fs';
import path from 'node:path';
import { getOperationAST, parse } from 'graphql';
import { createSchema } from './schema';
import { startTestApi, type TestApi } from './testing';
import { readExamples } from './testing-examples';
import { picture, upload } from './testing-files';
import { givenBackbone } from './testing-rows';

const root = path.resolve(__dirname, '../../..');
const page = path.join(root, 'docs/api.md');
const examples = readExamples(page);
const known = new Map<string, string>();
let api: TestApi;

beforeAll(async () => {
  // Nothing is downloaded: the example of fetchBackbone shows how that is told.
  api = await startTestApi({ THAW_CATALOGUE_MIRROR: 'http://127.0.0.1:9' });
  await givenBackbone(api.db, 'mobilenet');
  // What the page tells to upload with curl.
  for (let index = 1; index <= 8; index++) known.set(`picture${index}`, await upload(api, await picture(index * 4000, { width: 32, height: 32 })));
  const digits = path.join(root, 'libs/model-zoo/builtin/digits');
  known.set('modelJson', await upload(api, readFileSync(path.join(digits, 'model.json'))));
  known.set('modelWeights', await upload(api, readFileSync(path.join(digits, 'weights.bin'))));
  known.set('file', await upload(api, 'step,loss\n1,0.5\n'));
});
afterAll(() => api[Symbol.asyncDispose]());

// In the page's order: an example may use what an earlier one made.
test.each(examples.map((example) => [`docs/api.md:${example.line} ${nameOf(example.query)}`, example] as const))('%s', async (_name, { query, variables, saves }) => {
  const values = fillIn(variables);
  if (isSubscription(query)) return void following.push(follow(query, values));
  const { body } = await api.post({ query, variables: values });
  expect(body.errors).toBeUndefined();
  for (const payload of Object.values<{ userErrors?: unknown[] } | null>(body.data)) expect(payload?.userErrors ?? []).toEqual([]);
  for (const [name, at] of saves) known.set(name, at.split('.').reduce((value, key) => value[key], body.data));
});

const following: Promise<unknown>[] = [];

/** The first event, which a later example of the page causes. */
async function follow(query: string, variables: Record<string, unknown>): Promise<unknown> {
  for await (const event of api.subscribe(query, variables)) return event;
  throw new Error(`${query}\nended without an event`);
}

test('every subscription of the page tells of a later example', async () => {
  expect(following.length).toBeGreaterThan(0);
  for (const event of await Promise.all(following)) expect(event).toEqual(expect.any(Object));
});

test('every operation of the API has an example', () => {
  const shown = new Set(examples.flatMap(({ query }) => rootFields(query)));
  const schema = createSchema();
  const all = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap((type) => Object.keys(type!.getFields()));
  expect(all.filter((name) => !shown.has(name))).toEqual([]);
});

function fillIn(variables: string): Record<string, unknown> {
  return JSON.parse(variables.replace(/\{\{(\w+)\}\}/g, (_, name: string) => known.get(name) ?? fail(name))) as Record<string, unknown>;
}

function fail(name: string): never {
  throw new Error(`{{${name}}} is used in docs/api.md before an example saves it. Known: ${[...known.keys()].join(', ')}.`);
}

function operationOf(query: string) {
  return getOperationAST(parse(query))!;
}

function isSubscription(query: string) {
  return operationOf(query).operation === 'subscription';
}

function rootFields(query: string): string[] {
  return operationOf(query).selectionSet.selections.flatMap((node) => (node.kind === 'Field' ? [node.name.value] : []));
}

function nameOf(query: string): string {
  return `${operationOf(query).operation} ${rootFields(query).join(', ')}`;
}
