import { existsSync } from 'node:fs';
import path from 'node:path';
import { root } from './shared-data';

/** True once `npm run native` (or an install with network) has put the TensorFlow binding in place. */
export const nativeBackend = ['.native/node_modules', 'node_modules']
  .flatMap((folder) => ['tfjs-node', 'tfjs-node-gpu'].map((name) => path.join(root, folder, '@tensorflow', name)))
  .some((folder) => [8, 9, 10].some((napi) => existsSync(path.join(folder, `lib/napi-v${napi}/tfjs_binding.node`))));
