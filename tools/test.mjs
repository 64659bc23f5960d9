// `npm test`: installs if needed, builds what the end-to-end tests run, runs every test, prints one count.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureBuilt, ensureInstalled, root } from './prepare.mjs';

ensureInstalled();
ensureBuilt();

const scratch = mkdtempSync(path.join(tmpdir(), 'thaw-test-'));
const report = path.join(scratch, 'jest.json');
const jest = path.join(root, 'node_modules/jest/bin/jest.js');
const run = spawnSync(process.execPath, [jest, '--ci', '--json', `--outputFile=${report}`, '--testLocationInResults', ...process.argv.slice(2)], {
  cwd: root,
  // TensorFlow would tell of every graph it loads. Everything is built: doing it again would take it from under the servers of other tests.
  env: { TF_CPP_MIN_LOG_LEVEL: '2', ...process.env, THAW_BUILT: '1' },
  stdio: ['ignore', 'ignore', 'inherit'],
});

let summary;
try {
  summary = JSON.parse(readFileSync(report, 'utf8'));
} catch {
  console.error('Jest ended without a report; see its output above.');
  console.log('0 passed, 1 failed');
  process.exit(1);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

const { numPassedTests: passed, numPendingTests: skipped, numTodoTests: todo } = summary;
// A file that fails before its first test counts as one failure: it must not vanish from the sum.
const failed = summary.numFailedTests + summary.numRuntimeErrorTestSuites;
console.log(`${passed} passed, ${failed} failed${skipped + todo ? `, ${skipped + todo} skipped` : ''}`);
process.exit(failed > 0 || run.status !== 0 ? 1 : 0);
