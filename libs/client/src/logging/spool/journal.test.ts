import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { adopt, listSpool } from './adopt';
import { Journal } from './journal';
import type { Operation } from './operation';
import { fileName, isLeft, thisProcess } from './owner';
import { SpoolUsage } from './usage';

const runId = '01a20f90-f8a4-70ae-9eb9-c07d2f8b573f';
const gone = { host: thisProcess().host, pid: 4_194_304 + 1, started: '1' };

let folder: string;
beforeEach(() => { folder = mkdtempSync(path.join(tmpdir(), 'thaw-journal-')); });
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const newJournal = (usage = new SpoolUsage(Number.POSITIVE_INFINITY)) =>
  new Journal(path.join(folder, fileName(runId, gone)), { version: 1, runId, url: 'http://127.0.0.1:4000' }, usage);
const metrics = (batchId: number, size = 10): Operation => ({ field: 'logMetrics', input: { batchId, filler: 'é'.repeat(size) } });
const batchIds = (operations: Operation[]) => operations.map(({ input }) => (input as { batchId?: number }).batchId);
const all = (journal: Journal) => journal.peek(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);

async function adopted(): Promise<Journal | null> {
  const [file] = await listSpool(folder);
  expect(file?.left).toBe(true);
  return adopt(file!, new SpoolUsage(Number.POSITIVE_INFINITY), () => true);
}

test('whatever was appended and struck off, and wherever the file is cut: the rest is taken up, in order', async () => {
  const step = fc.oneof(
    { weight: 3, arbitrary: fc.record({ append: fc.nat(3000) }) },
    { weight: 1, arbitrary: fc.record({ strike: fc.integer({ min: 1, max: 4 }) }) },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40 }), fc.nat(), async (steps, cut) => {
      rmSync(folder, { recursive: true, force: true });
      folder = mkdtempSync(path.join(tmpdir(), 'thaw-journal-'));
      // Some lines in memory, some read back.
      const usage = Object.assign(new SpoolUsage(Number.POSITIVE_INFINITY), { memoryLimit: 4000 });
      const journal = newJournal(usage);
      let next = 0;
      let expected: number[] = [];
      for (const each of steps) {
        if ('append' in each) {
          journal.append(metrics(next, each.append));
          expected.push(next++);
        } else {
          const count = Math.min(each.strike, expected.length);
          if (count > 0) journal.strike(count);
          expected = expected.slice(count);
        }
        expect(batchIds(all(journal))).toEqual(expected);
      }
      if (next === 0) return;
      expect(usage.disk).toBe(statSync(journal.file).size);
      const last = expected.at(-1);
      if (last !== undefined && 'append' in steps.at(-1)!) {
        // The last line is that of the last operation; it loses at least its end.
        const { length } = Buffer.from(`logMetrics ${JSON.stringify((all(journal).at(-1)!).input)}\n`);
        truncateSync(journal.file, statSync(journal.file).size - 1 - (cut % length));
        expected = expected.slice(0, -1);
      }
      const found = (await adopted())!;
      const operations = all(found);
      expect(batchIds(operations.slice(0, -1))).toEqual(expected);
      expect(operations.at(-1)).toMatchObject({ field: 'finishRun', input: { id: runId, status: 'FAILED', error: expect.stringContaining(String(gone.pid)) } });
      found.strike(operations.length);
      expect(readdirSync(folder)).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test('a run that was ended by its script is taken up as it is', async () => {
  const journal = newJournal();
  journal.append({ field: 'createRun', input: { id: runId } });
  journal.append({ field: 'finishRun', input: { id: runId, status: 'CANCELLED' } });
  expect(all((await adopted())!).map(({ field }) => field)).toEqual(['createRun', 'finishRun']);
});

test('only one of two processes gets a file, and nobody that of a process that lives', async () => {
  newJournal().append(metrics(1));
  const [file] = await listSpool(folder);
  const usage = new SpoolUsage(Number.POSITIVE_INFINITY);
  const results = await Promise.all([1, 2, 3].map(() => adopt(file!, usage, () => true).catch(() => null)));
  expect(results.filter((journal) => journal !== null)).toHaveLength(1);
  expect(await listSpool(folder)).toMatchObject([{ owner: thisProcess(), left: false }]);
});

test('a process is gone when its pid is, or another has it; one on another machine when it was silent for long', () => {
  const now = Date.now();
  expect(isLeft(thisProcess(), now)).toBe(false);
  expect(isLeft({ ...thisProcess(), started: '12' }, now)).toBe(process.platform === 'linux' || thisProcess().started !== '0');
  expect(isLeft(gone, now)).toBe(true);
  expect(isLeft({ ...gone, host: 'elsewhere' }, now)).toBe(false);
  expect(isLeft({ ...gone, host: 'elsewhere' }, now - 3_600_000)).toBe(true);
});

test('a file grows no further once all of it was sent', () => {
  const journal = newJournal();
  for (let batch = 0; batch < 30; batch++) {
    journal.append(metrics(batch, 50_000));
    journal.strike(1);
  }
  expect(statSync(journal.file).size).toBeLessThan(1.3e6);
  journal.append(metrics(30));
  expect(readFileSync(journal.file, 'utf8').split(' ')[0]).toBe('thaw-spool');
  expect(batchIds(all(journal))).toEqual([30]);
});

test('without a disk it works from memory, and says so', () => {
  rmSync(folder, { recursive: true });
  const journal = newJournal();
  expect(() => journal.append(metrics(1))).toThrow('ENOENT');
  expect(batchIds(all(journal))).toEqual([1]);
  journal.strike(1);
  expect(journal.isEmpty).toBe(true);
});

test('a line that was damaged is handed over as unreadable, and those around it are not', async () => {
  const journal = newJournal();
  journal.append(metrics(1));
  appendFileSync(journal.file, 'logMetrics {"batchId":2,\0\0\0\0\n');
  appendFileSync(journal.file, 'logMetrics {"batchId":3}\n');
  const operations = all((await adopted())!);
  expect(operations.slice(0, 3)).toMatchObject([{ input: { batchId: 1 } }, { input: { unreadable: expect.any(String) } }, { input: { batchId: 3 } }]);
});
