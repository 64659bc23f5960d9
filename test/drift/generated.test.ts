import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { withDrawing } from '@thaw/run-states';

const root = path.resolve(__dirname, '../..');
const bin = (name: string) => path.join(root, 'node_modules/.bin', name);

/** What is generated is committed; these tests generate it again and compare. schema.graphql has its own in apps/api. */
describe('generated files are what the sources generate today (else: npm run codegen)', () => {
  const scratch = mkdtempSync(path.join(tmpdir(), 'thaw-drift-'));
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

  test('typed documents of client and web, from schema.graphql', () => {
    // `--check` generates in memory and exits with 1 when a file would change.
    execFileSync(bin('graphql-codegen'), ['--config', 'codegen.ts', '--check'], { cwd: root, stdio: 'pipe' });
  });

  test('the drawing of run states in docs/architecture.md, from libs/run-states', () => {
    const page = readFileSync(path.join(root, 'docs/architecture.md'), 'utf8');
    expect(withDrawing(page)).toBe(page);
  });

  test('migrations, from the drizzle schema', () => {
    const migrations = path.join(scratch, 'migrations');
    cpSync(path.join(root, 'libs/db/migrations'), migrations, { recursive: true });
    const output = execFileSync(
      bin('drizzle-kit'),
      ['generate', '--dialect', 'postgresql', '--casing', 'snake_case', '--schema', 'libs/db/src/schema/index.ts', '--out', path.relative(root, migrations), '--name', 'drift'],
      { cwd: root, encoding: 'utf8' },
    );
    expect(output).toContain('No schema changes');
  });
});
