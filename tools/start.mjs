// `npm start`: installs and builds what is missing, then runs the supervisor in this very process.
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 9)) {
  console.error(`Thaw needs Node 20.9 or newer; this is ${process.version}. Install a newer one, for example with "nvm install 22" or from https://nodejs.org.`);
  process.exit(1);
}

const { ensureBuilt, ensureInstalled, root } = await import('./prepare.mjs');
ensureInstalled();
ensureBuilt();
await import(pathToFileURL(path.join(root, 'libs/stack/dist/main.js')).href);
