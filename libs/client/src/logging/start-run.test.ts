import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { session } from './session';
import { startRun } from './start-run';

let spool: string;
beforeEach(() => { spool = mkdtempSync(path.join(tmpdir(), 'thaw-spool-')); });
afterEach(() => rmSync(spool, { recursive: true, force: true }));
afterAll(() => session.close());

/** A port that nothing listens on. */
const url = 'http://127.0.0.1:9';
const quiet = () => jest.spyOn(process.stderr, 'write').mockReturnValue(true);

test('from source, without an API: all of it is in the spool, and the script is told', async () => {
  const stderr = quiet();
  const run = startRun({ project: 'flowers', name: 'first', url, spool, drainMs: 3000, config: { lr: 0.1 }, tags: ['a'] });
  run.log({ loss: 0.5 });
  run.config({ depth: 3 });
  const outcome = await run.finish();
  expect(outcome).toMatchObject({ id: run.id, delivered: false, problems: [{ code: 'API_AWAY' }, { code: 'SPOOLED', message: expect.stringContaining(spool) }] });
  const [header, whole] = readFileSync(path.join(spool, readdirSync(spool)[0]!), 'utf8').split('\n');
  expect(header).toBe(`thaw-spool ${JSON.stringify({ version: 1, runId: run.id, url })}`);
  expect(JSON.parse(whole!.replace(/^wholeRun /, ''))).toMatchObject({ id: run.id, project: 'flowers', name: 'first', tags: ['a'], config: { lr: 0.1, depth: 3 }, metrics: [{ key: 'loss' }], end: { status: 'FINISHED' } });
  stderr.mockRestore();
});

test('an address that is none, and a folder that cannot be written, throw nothing', async () => {
  const stderr = quiet();
  const nowhere = startRun({ project: 'x', url: 'nonsense', spool, drainMs: 200 });
  nowhere.log({ loss: 1 });
  expect((await nowhere.finish()).problems).toEqual(expect.arrayContaining([expect.objectContaining({ code: 'INVALID_URL' })]));
  const unwritable = startRun({ project: 'x', url, spool: path.join(__filename, 'below-a-file'), drainMs: 200 });
  unwritable.log({ loss: 1 });
  expect((await unwritable.finish()).problems).toEqual(expect.arrayContaining([expect.objectContaining({ code: 'SPOOL_UNWRITABLE' })]));
  stderr.mockRestore();
});
