// Bundles one entry point for Node: workspace code is inlined (tsconfig paths), npm packages stay external unless told otherwise.
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

export async function bundle(entry, outfile, options = { packages: 'external' }) {
  const { metafile } = await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    sourcemap: true,
    metafile: true,
    logLevel: 'warning',
    ...options,
  });

  // esbuild takes a workspace import it cannot find for an npm package, which would only fail at run time.
  for (const [file, { imports }] of Object.entries(metafile.inputs)) {
    const lost = imports.find(({ external, path }) => external && path.startsWith('@thaw/'));
    if (!lost) continue;
    console.error(`${file} imports ${lost.path}, which is nowhere in the workspace (tsconfig.base.json, paths).`);
    process.exitCode = 1;
  }
}

const [script, entry, outfile] = process.argv.slice(1);
if (import.meta.url === pathToFileURL(script).href) await bundle(entry, outfile);
