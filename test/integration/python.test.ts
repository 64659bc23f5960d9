// libs/python's own tests, pytest against the built API, each reported here under its name.
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTestDatabase, type TestDatabase } from '@thaw/db/testing';
import { findFreePort } from '@thaw/db/embedded';
import { installThaw, pythonEnvironment } from '../kit/python';
import { root } from '../kit/shared-data';

interface Report {
  file: string;
  test: string;
  outcome: 'passed' | 'failed' | 'skipped';
  output: string;
}

const source = path.join(root, 'libs/python');
const files = readdirSync(path.join(source, 'tests')).filter((name) => /^test_.*\.py$/.test(name));
const testsOf = (file: string) => [...readFileSync(path.join(source, 'tests', file), 'utf8').matchAll(/^def (test_\w+)/gm)].map(([, name]) => name!);
const environment = pythonEnvironment();

if ('missing' in environment) {
  test.skip(`the Python client (skipped: needs ${environment.missing})`, () => {});
} else {
  let folder: string;
  let database: TestDatabase;
  let child: ChildProcess | undefined;
  let reports: Report[] = [];
  let output = '';

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'thaw-python-'));
    database = await createTestDatabase();
    // pip builds within the folder it is given.
    await cp(source, path.join(folder, 'source'), { recursive: true, filter: (file) => !/__pycache__|\.egg-info/.test(file) });
    installThaw(environment.python, path.join(folder, 'source'), path.join(folder, 'site'));
    const ran = environment.lightning ? files : files.filter((file) => file !== 'test_lightning.py');
    const pytest = spawn(environment.python, ['-m', 'pytest', '-q', `--basetemp=${path.join(folder, 'pytest')}`, ...ran.map((file) => path.join('tests', file))], {
      cwd: path.join(folder, 'source'),
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        PYTHONPATH: path.join(folder, 'site'),
        PYTHONDONTWRITEBYTECODE: '1',
        TF_CPP_MIN_LOG_LEVEL: '2',
        HOME: folder,
        PORT: String(await findFreePort(null)),
        DATABASE_URL: database.url,
        THAW_HOME: path.join(folder, 'home'),
        THAW_TEST_API: JSON.stringify([process.execPath, path.join(root, 'apps/api/dist/main.js')]),
        THAW_TEST_REPORT: path.join(folder, 'reports.jsonl'),
      },
    });
    child = pytest;
    for (const stream of [pytest.stdout, pytest.stderr]) stream.setEncoding('utf8').on('data', (text: string) => { output += text; });
    await new Promise((resolve) => pytest.once('close', resolve));
    const lines = await readFile(path.join(folder, 'reports.jsonl'), 'utf8').catch(() => '');
    reports = lines.trim().split('\n').filter(Boolean).map((line) => JSON.parse(line) as Report);
  }, 400_000);
  afterAll(async () => {
    // After a timeout only: pytest then ends the API that it started.
    if (child && child.exitCode === null) await new Promise((resolve) => child!.once('close', resolve).kill('SIGINT'));
    await database?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  }, 60_000);

  describe.each(files)('%s', (file) => {
    const skipped = file === 'test_lightning.py' && !environment.lightning;
    for (const name of testsOf(file)) {
      const title = name.slice('test_'.length).replaceAll('_', ' ');
      if (skipped) {
        test.skip(`${title} (skipped: needs torch; Debian: apt-get install python3-torch)`, () => {});
        continue;
      }
      test(title, () => {
        // A parametrised test is several; one that was skipped although its needs are met has not passed.
        const own = reports.filter((report) => report.file === file && report.test === name);
        const bad = own.filter(({ outcome }) => outcome !== 'passed');
        if (own.length === 0) throw new Error(`pytest did not run it:\n${output}`);
        if (bad.length > 0) throw new Error(bad.map(({ outcome, output: text }) => `${outcome}\n${text}`).join('\n\n'));
      });
    }
  });

  test('no point of any of them is stored twice', async () => {
    const { rows } = await database.pool.query(
      'select s.run_id, s.count, sum(c.count) as stored from metric_series s join metric_chunk c on c.series_id = s.id group by s.id, s.run_id, s.count having sum(c.count) <> s.count',
    );
    expect(rows).toEqual([]);
    const { rows: [sum] } = await database.pool.query('select count(*)::int as runs, (select sum(count)::int from metric_chunk) as points from run');
    expect(sum.runs).toBeGreaterThan(30);
    expect(sum.points).toBeGreaterThan(40_000);
  });
}
