import { existsSync } from 'node:fs';
import path from 'node:path';

/** Beside the bundled trainer lies decode-worker.js. Where TypeScript is run from source, it is bundled in memory. */
export function decodeWorkerCode(): { file: string; code?: string } {
  const built = path.join(__dirname, 'decode-worker.js');
  if (existsSync(built)) return { file: built };
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { buildSync } = require('esbuild') as typeof import('esbuild');
  const source = path.join(__dirname, 'worker.ts');
  const { outputFiles } = buildSync({ entryPoints: [source], bundle: true, packages: 'external', platform: 'node', target: 'node20', format: 'cjs', write: false, logLevel: 'error' });
  return { file: source, code: outputFiles[0]!.text };
}
