import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import util from 'node:util';
import * as tf from '@tensorflow/tfjs';
import { repositoryRoot } from './repository-root';

/** Where a native package may be: what `npm run native` built comes first, then what npm installed. */
const places: readonly string[] = [
  '.native/node_modules/@tensorflow/tfjs-node-gpu',
  '.native/node_modules/@tensorflow/tfjs-node',
  'node_modules/@tensorflow/tfjs-node-gpu',
  'node_modules/@tensorflow/tfjs-node',
];

interface NativeBackend {
  /** tfjs-node reads this once, when it loads. */
  isUsingGpuDevice?: boolean;
  binding?: { TF_Version?: string };
}

export interface LoadedNative {
  folder: string;
  onGpu: boolean;
  /** version of libtensorflow */
  library?: string;
  /** name and version of the package */
  binding: string;
}

/** Loads the first native package that loads; it registers the backend "tensorflow" with the tfjs of this process. */
export function loadNative(): LoadedNative {
  restoreRemovedUtilities();
  // TensorFlow logs every device it looks at to stderr; errors still come through.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  // Otherwise the first process takes nearly all of the GPU's memory, and a second run's finds none.
  process.env.TF_FORCE_GPU_ALLOW_GROWTH ??= 'true';
  const folders = places.map((place) => path.join(repositoryRoot(), place)).filter((folder) => existsSync(folder));
  if (folders.length === 0) throw new Error('@tensorflow/tfjs-node is not installed. `npm run native` builds it (`npm run native -- --cuda` for an NVIDIA GPU).');
  const failures: string[] = [];
  for (const folder of folders) {
    try {
      const require = createRequire(path.join(folder, 'package.json'));
      require(folder);
      const { name, version } = require('./package.json') as { name: string; version: string };
      const backend = tf.findBackend('tensorflow') as NativeBackend | null;
      if (!backend) throw new Error('it loaded another copy of @tensorflow/tfjs; remove its node_modules/@tensorflow/tfjs');
      return { folder, onGpu: backend.isUsingGpuDevice === true, library: backend.binding?.TF_Version, binding: `${name} ${version}` };
    } catch (error) {
      failures.push(`${path.relative(repositoryRoot(), folder)}: ${firstLine(error)}`);
    }
  }
  throw new Error(`${failures.join('; ')}. \`npm run native\` builds it anew.`);
}

/** Node 23 removed util.isNullOrUndefined and util.isArray, which tfjs-node 4.22 calls. */
function restoreRemovedUtilities(): void {
  const legacy = util as unknown as Record<string, unknown>;
  legacy.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
  legacy.isArray ??= Array.isArray;
}

const firstLine = (error: unknown) => String((error as Error).message).trim().split('\n')[0]!;
