import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isAlive, startTimeOf } from '@thaw/db/embedded';
import { lockHome } from './home-lock';

let home: string;
beforeEach(() => (home = mkdtempSync(path.join(tmpdir(), 'thaw-lock-'))));
afterEach(() => rmSync(home, { recursive: true, force: true }));
const lockFile = () => path.join(home, 'stack.lock');

test('a home that is in use is refused, with the address of who uses it', async () => {
  const lock = await lockHome(home, 'http://127.0.0.1:4000');
  await expect(lockHome(home, 'http://127.0.0.1:4010')).rejects.toThrow(/already runs on .* at http:\/\/127\.0\.0\.1:4000.*THAW_HOME/);
  lock.release();
  (await lockHome(home, 'http://127.0.0.1:4010')).release();
  expect(readdirSync(home)).toEqual([]);
});

test('a stale lock is taken over, also when its pid is another process by now, or it is no lock at all', async () => {
  for (const stale of [JSON.stringify({ pid: process.pid, started: 'long ago', url: '', children: {} }), '{"half']) {
    writeFileSync(lockFile(), stale);
    const lock = await lockHome(home, 'http://127.0.0.1:4000');
    expect(JSON.parse(readFileSync(lockFile(), 'utf8'))).toMatchObject({ pid: process.pid, started: startTimeOf(process.pid) });
    lock.release();
    expect(existsSync(lockFile())).toBe(false);
  }
});

test('children that a killed stack left behind are ended, strangers with their pid are not', async () => {
  const left = spawn('sleep', ['60'], { stdio: 'ignore' });
  const stranger = spawn('sleep', ['60'], { stdio: 'ignore' });
  const mark = (pid: number, started: string | null) => ({ pid, started });
  writeFileSync(lockFile(), JSON.stringify({
    ...mark(process.pid, 'long ago'), url: '',
    children: { api: mark(left.pid!, startTimeOf(left.pid!)), web: mark(stranger.pid!, 'long ago') },
  }));
  const gone = once(left, 'exit');
  (await lockHome(home, 'http://127.0.0.1:4000')).release();
  await gone;
  expect(isAlive(stranger.pid!)).toBe(true);
  stranger.kill();
});
