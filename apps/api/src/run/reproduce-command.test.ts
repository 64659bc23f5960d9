import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { startTestApi, type TestApi } from '../testing';
import { givenBackbone, givenDataset } from '../testing-rows';

const root = path.resolve(__dirname, '../../../..');

/** The command line as it is in the repository, without building it: what `npm run -s thaw --` starts, for a shell. */
const npm = `npm() { shift 4; "${process.execPath}" "${path.join(root, 'node_modules/tsx/dist/cli.mjs')}" --tsconfig "${path.join(root, 'tsconfig.base.json')}" "${path.join(root, 'libs/client/src/cli/main.ts')}" "$@"; }`;

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  await givenDataset(api.db, "mother's flowers", 'a project');
  await givenBackbone(api.db, 'mobile');
});
afterAll(() => api[Symbol.asyncDispose]());

const facts = 'reproduceCommand config project { name } dataset { id } backbone { name } constraints { labels memoryGiB trainer }';

test('the command of a run, given to a shell, queues the same run again', async () => {
  const input = { project: '-- $HOME `x`', dataset: "mother's flowers", backbone: 'mobile', config: { freeze: 'full', learningRate: 3e-7, weightDecay: 0.01, horizontalFlip: true, seed: 7 }, constraints: { labels: ['gpu', 'lab'], memoryGiB: 7.5, trainer: 'the "big" one' } };
  const known = await api.gql('mutation ($input: LaunchRunInput!) { launchRun(input: $input) { run { id } userErrors { field message } } }', { input });
  expect(known.launchRun.userErrors).toEqual([]);
  const { run } = await api.gql(`query ($id: ID!) { run(id: $id) { ${facts} } }`, { id: known.launchRun.run.id });
  expect(run.reproduceCommand).toContain(' --set seed=7');
  expect(run.reproduceCommand).toContain('--dataset-version 1');
  const { stdout } = await promisify(execFile)('sh', ['-c', `${npm}; ${run.reproduceCommand} --json`], { cwd: root, env: { ...process.env, THAW_URL: api.url } });
  const again = await api.gql(`query ($id: ID!) { run(id: $id) { ${facts} } }`, { id: (JSON.parse(stdout) as { id: string }).id });
  expect(again.run).toEqual(run);
});
