import { spawnSync } from 'node:child_process';

export function fail(message) {
  console.error(`\n${message}`);
  process.exit(1);
}

export function run(command, args, { cwd, env, onFailure }) {
  const { status, error } = spawnSync(command, args, { cwd, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...env } });
  if (status !== 0) fail(error ? `${command}: ${error.message}\n${onFailure}` : onFailure);
}

export const python = () => process.env.PYTHON || 'python3';

/** Everything that is missing is named at once. */
export function requireTools() {
  const works = (command, ...args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;
  const missing = [
    works(python(), '--version') ? works(python(), '-m', 'pip', '--version') || `pip for ${python()} (Debian: apt-get install python3-pip)` : 'Python 3 (Debian: apt-get install python3 python3-pip)',
    works('make', '--version') || 'make (Debian: apt-get install make)',
    works(process.env.CXX || 'g++', '--version') || works('c++', '--version') || 'a C++ compiler (Debian: apt-get install g++)',
  ].filter((each) => each !== true);
  if (missing.length > 0) fail(`npm run native needs, and does not find:\n${missing.map((each) => `  - ${each}`).join('\n')}\nUntil then training runs on the wasm backend.`);
}
