import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

// The server is started in the repository's root or in apps/web.
const folder = ['.', '../..']
  .map((up) => path.join(/* turbopackIgnore: true */ process.cwd(), up, 'node_modules/@tensorflow/tfjs-backend-wasm/dist'))
  .find((candidate) => existsSync(candidate));

/** TensorFlow.js's wasm files from its own package: /try/wasm/4.22.0/tfjs-backend-wasm-simd.wasm. The version is there for caches. */
export async function GET(_: Request, { params }: { params: Promise<{ file: string }> }): Promise<Response> {
  const { file } = await params;
  if (!folder || !/^tfjs-backend-wasm(-threaded)?(-simd)?\.wasm$/.test(file)) return new Response('There is no such file.', { status: 404 });
  return new Response(new Uint8Array(await readFile(path.join(folder, file))), {
    headers: { 'content-type': 'application/wasm', 'cache-control': 'public, max-age=31536000, immutable' },
  });
}
