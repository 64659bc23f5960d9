import { existsSync } from 'node:fs';
import path from 'node:path';

/** The worker as `new Worker` takes it. */
export interface WorkerCode {
  file: string;
  /** Its code, where no file holds it. */
  code?: string;
}

/** Beside the built package lies worker.js. In this repository, where TypeScript is run from source, it is bundled in memory. */
export function findWorkerCode(): WorkerCode {
  const built = path.join(__dirname, 'worker.js');
  if (existsSync(built)) return { file: built };
  const source = path.join(__dirname, 'worker/main.ts');
  if (!existsSync(source)) throw new Error(`the package is not complete: ${built} is missing. When your own bundler moved @thaw/client, mark it as external`);
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { buildSync } = require('esbuild') as typeof import('esbuild');
  const { outputFiles } = buildSync({ entryPoints: [source], bundle: true, platform: 'node', target: 'node20', format: 'cjs', write: false, logLevel: 'error', external: ['bufferutil', 'utf-8-validate'] });
  return { file: source, code: outputFiles[0]!.text };
}
