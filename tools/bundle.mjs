// Bundles one entry point for Node: workspace code is inlined (tsconfig paths), npm packages stay external.
import { build } from 'esbuild';

const [entry, outfile] = process.argv.slice(2);
const { metafile } = await build({
  entryPoints: [entry],
  outfile,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  packages: 'external',
  sourcemap: true,
  metafile: true,
  logLevel: 'warning',
});

// esbuild takes a workspace import it cannot find for an npm package, which would only fail at run time.
for (const [file, { imports }] of Object.entries(metafile.inputs)) {
  const lost = imports.find(({ external, path }) => external && path.startsWith('@thaw/'));
  if (!lost) continue;
  console.error(`${file} imports ${lost.path}, which is nowhere in the workspace (tsconfig.base.json, paths).`);
  process.exitCode = 1;
}
