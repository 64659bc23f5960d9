import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ends, isAlive } from '@thaw/db/embedded';
import { startService } from './service';

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'thaw-service-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Starts a process that holds its output open, and says both pids. */
const parent = `
  const { pid } = require('node:child_process').spawn('sleep', ['60'], { stdio: 'inherit' });
  process.send({ type: 'pids', own: process.pid, child: pid });
  setInterval(() => {}, 1000);
`;

test('one that is killed is started again at once, and what it had started ends with it', async () => {
  const started: { own: number; child: number }[] = [];
  const service = startService({
    name: 'parent', args: ['-e', parent], cwd: folder, env: () => process.env, logFile: path.join(folder, 'log'), required: false, stopWithinMs: 5000,
    untilReady: (child) => new Promise((resolve) => child.once('message', (pids: { own: number; child: number }) => (started.push(pids), resolve()))),
    onSpawn: () => {}, report: () => {},
  });
  const nth = async (count: number) => {
    while (started.length < count) await new Promise((resolve) => setTimeout(resolve, 10));
    return started[count - 1]!;
  };
  const first = await nth(1);
  process.kill(first.own, 'SIGKILL');
  const second = await nth(2);
  expect(await ends(first.child, 5000)).toBe(true);
  expect(isAlive(second.child)).toBe(true);
  expect(second.own).toBe(service.pid());
  await service.stop();
  expect(await ends(second.child, 5000)).toBe(true);
  expect(readFileSync(path.join(folder, 'log'), 'utf8').match(/--- parent started/g)).toHaveLength(2);
});
