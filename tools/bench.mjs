// `npm run bench:NAME -- …`
import { runTypescript } from './run-typescript.mjs';

const [name, ...args] = process.argv.slice(2);
runTypescript(`test/bench/${name}/main.ts`, args);
