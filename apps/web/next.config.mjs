import path from 'node:path';
import { fileURLToPath } from 'node:url';

const workspaceRoot = path.join(path.dirname(fileURLToPath(import.meta.url)), '../..');

// Read by the build's worker processes too, which the CLI flag would not reach.
process.env.NEXT_TELEMETRY_DISABLED = '1';

/** @type {import('next').NextConfig} */
export default {
  transpilePackages: ['@thaw/config', '@thaw/model-zoo', '@thaw/pixels', '@thaw/run-states', '@thaw/series'],
  turbopack: { root: workspaceRoot },
  outputFileTracingRoot: workspaceRoot,
  // `nx typecheck` and `nx lint` are their own targets; doing it again here only makes `npm start` slower.
  typescript: { ignoreBuildErrors: true },
  poweredByHeader: false,
  devIndicators: false,
  experimental: {
    // A page asked for while the server cannot be reached opens when it can again; otherwise the browser is sent there, onto its own error page.
    useOffline: true,
    // What runs writes nothing into what was built: it would count as changed, and the next start would build it again.
    isrFlushToDisk: false,
    optimizePackageImports: ['lucide-react', 'radix-ui'],
  },
};
