import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseEnv } from './env';
import { errorLines } from './error-lines';
import { openLog } from './log-file';

test('errors are picked from a log in JSON and from plain output', () => {
  const lines = [
    '{"level":30,"msg":"listening"}',
    '{"level":50,"msg":"a query failed","err":{"message":"no such table"}}',
    'TypeError: x is not a function',
    '    at somewhere',
    '{not json',
    'warming up, 0 errors',
  ];
  expect(errorLines(lines.join('\n'))).toEqual(['a query failed: no such table', 'TypeError: x is not a function']);
});

test('a full log is put aside and one older is kept', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'thaw-log-'));
  const log = openLog(path.join(folder, 'api.log'));
  const line = Buffer.alloc(6_000_000, 'x');
  for (let i = 0; i < 6; i++) log.write(line);
  log.write('the end\n');
  expect(readdirSync(folder).sort()).toEqual(['api.log', 'api.log.1']);
  expect(statSync(path.join(folder, 'api.log.1')).size).toBe(12_000_000);
  expect(log.tail().endsWith('the end')).toBe(true);
  rmSync(folder, { recursive: true });
});

test('every wrong variable is reported at once; an empty one counts as unset', () => {
  expect(parseEnv({ PORT: '', THAW_HOME: '/srv/thaw' })).toEqual({ HOST: '127.0.0.1', PORT: 4000, THAW_HOME: '/srv/thaw', THAW_TRAINER: 'on', THAW_TRAINERS: 1 });
  expect(() => parseEnv({ PORT: 'http', DATABASE_URL: 'mysql://x/y', THAW_TRAINER: 'maybe', THAW_TRAINERS: 'a few' })).toThrow(/PORT: must be a port number[^]*DATABASE_URL: .*postgres:\/\/[^]*THAW_TRAINER: must be on or off[^]*THAW_TRAINERS: must be a whole number of trainers/);
});
