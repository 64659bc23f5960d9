// `npm run test:faults -- --seed N --kills 100`
import { runTypescript } from './run-typescript.mjs';

runTypescript('test/faults/main.ts', process.argv.slice(2));
