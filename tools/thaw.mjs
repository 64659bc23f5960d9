// `npm run -s thaw -- …`: the command line, installed and built when it is not yet.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { ensureBuilt, ensureInstalled, root } from './prepare.mjs';

const args = process.argv.slice(2);
ensureInstalled();
ensureBuilt('client');
// Which backends load is a matter of the trainer's packages, so the trainer answers.
if (args[0] === 'doctor') ensureBuilt('trainer');

// npm runs scripts in the root; paths on the command line are meant from where it was typed.
const cwd = process.env.npm_lifecycle_event === 'thaw' && process.env.INIT_CWD ? process.env.INIT_CWD : process.cwd();
// The terminal sends Ctrl-C to the program too: it decides, we wait.
process.on('SIGINT', () => {});
const { status, signal, error } = spawnSync(process.execPath, [path.join(root, 'libs/client/dist/cli.js'), ...args], { cwd, stdio: 'inherit' });
if (error) console.error(`thaw: ${error.message}`);
process.exitCode = status ?? (signal === 'SIGINT' ? 130 : 1);
