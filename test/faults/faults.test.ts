import { spawnSync } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(__dirname, '../..');

/** A trainer, the API, an executor and Postgres within a quarter of a minute, over three runs. The long storms are `npm run test:faults`. */
test('a short storm: every run ends with the numbers of one that nobody disturbed', () => {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['tools/faults.mjs', '--only', 'storm', '--seed', '326', '--kills', '4', '--runs', '3', '--epochs', '16', '--json'], { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${stdout}\n${stderr}`);
  const { bench, results } = JSON.parse(stdout.trim().split('\n').at(-1)!) as { bench: string; results: { name: string; met: boolean | null }[] };
  expect(bench).toBe('faults');
  expect(results.filter(({ met }) => met === false)).toEqual([]);
  const judged = results.filter(({ met }) => met).map(({ name }) => name);
  expect(judged).toEqual(expect.arrayContaining(['kills', 'runs that ended as they should', 'metric points equal to the undisturbed run’s', 'executions of a run, one after the other', 'files left by gc that something refers to']));
});
