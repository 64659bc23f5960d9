import { thaw, thawJson } from '../kit/thaw-cli';
import { install, type Installation } from './programs';

let installation: Installation;
let url: string;

beforeAll(async () => {
  installation = await install('logs');
  ({ url } = installation);
}, 60_000);
afterAll(async () => {
  await installation?.[Symbol.asyncDispose]();
}, 60_000);

const ask = <Answer>(query: string, variables: object) => thawJson<{ data: Answer }>(url, 'query', query, '--variables', JSON.stringify(variables));

async function append(runId: string, from: number, to: number) {
  const lines = Array.from({ length: to - from + 1 }, (_, index) => ({ line: from + index, text: `line ${from + index}` }));
  await ask('mutation ($input: AppendLogInput!) { appendLog(input: $input) { accepted } }', { input: { runId, lines } });
}

test('thaw logs prints the output of a run, its end, what contains a text, and follows it to its end', async () => {
  const { data } = await ask<{ createRun: { run: { id: string } } }>('mutation ($input: CreateRunInput!) { createRun(input: $input) { run { id } } }', { input: { project: 'scripts', name: 'talks' } });
  const { id } = data.createRun.run;
  await append(id, 0, 1500);
  const all = await thawJson<{ line: number; text: string }[]>(url, 'logs', 'talks');
  expect(all.map(({ line }) => line)).toEqual(Array.from({ length: 1501 }, (_, line) => line));
  expect((await thaw(url, 'logs', id, '--tail', '2')).stdout).toBe('line 1499\nline 1500\n');
  expect((await thaw(url, 'logs', id, '--contains', 'LINE 15')).stdout.split('\n').slice(0, 2)).toEqual(['line 15', 'line 150']);

  const following = thaw(url, 'logs', id, '--tail', '1', '--follow');
  await append(id, 1501, 1503);
  await ask('mutation ($id: ID!) { finishRun(input: { id: $id }) { run { id } } }', { id });
  expect(await following).toMatchObject({ code: 0, stdout: expect.stringMatching(/line 1503\n$/) });
  const { code, stderr } = await thaw(url, 'logs', 'nobody');
  expect([code, stderr]).toEqual([1, expect.stringContaining('There is no run named "nobody"')]);
}, 60_000);
