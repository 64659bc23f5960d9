// `npm run -s trainer`: one more trainer, for the server at THAW_URL; installed and built when it is not yet.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuilt, ensureInstalled, root } from './prepare.mjs';

ensureInstalled();
ensureBuilt('trainer');
await import(pathToFileURL(path.join(root, 'apps/trainer/dist/main.js')).href);
