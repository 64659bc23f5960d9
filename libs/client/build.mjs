// The package as it is used outside this repository: dist/ holds everything, dependencies included.
import { chmod } from 'node:fs/promises';
import { rollup } from 'rollup';
import { dts } from 'rollup-plugin-dts';
import { bundle } from '../../tools/bundle.mjs';

/** Native speed-ups that ws does without. */
const external = ['bufferutil', 'utf-8-validate', 'esbuild'];

for (const [entry, outfile] of [
  ['src/index.ts', 'dist/index.js'],
  ['src/logging/worker/main.ts', 'dist/worker.js'],
  ['src/cli/main.ts', 'dist/cli.js'],
]) {
  await bundle(entry, outfile, { packages: 'bundle', external });
}
await chmod('dist/cli.js', 0o755);

const types = await rollup({ input: 'src/index.ts', plugins: [dts({ tsconfig: 'tsconfig.json', respectExternal: true })], external: /^node:/ });
await types.write({ file: 'dist/index.d.ts', format: 'es' });
await types.close();
