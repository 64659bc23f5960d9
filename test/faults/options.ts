import { parseArgs } from 'node:util';

export interface FaultOptions {
  seed: number;
  kills: number;
  runs: number;
  /** Of the longest runs. */
  epochs: number;
  /** The last line of output is the result as JSON. */
  json: boolean;
  /** Of parts.ts; all when null. */
  only: string | null;
  /** Keep the folder with logs and database also when everything was in order. */
  keep: boolean;
}

/** `--seed 1 --kills 100 --runs 20 --epochs 120 --only storm --keep --json` */
export function readOptions(args: string[]): FaultOptions {
  const { values } = parseArgs({
    args,
    options: {
      seed: { type: 'string', default: '1' }, kills: { type: 'string', default: '20' }, runs: { type: 'string', default: '20' },
      epochs: { type: 'string' }, only: { type: 'string' }, keep: { type: 'boolean', default: false }, json: { type: 'boolean', default: false },
    },
  });
  const kills = wholeNumber('kills', values.kills, 0);
  const runs = wholeNumber('runs', values.runs, 1);
  // Long enough that the workload takes as long as its kills.
  const epochs = values.epochs === undefined ? Math.max(12, Math.round((24 * kills) / runs)) : wholeNumber('epochs', values.epochs, 8);
  return { seed: wholeNumber('seed', values.seed, 0), kills, runs, epochs, only: values.only ?? null, keep: values.keep, json: values.json };
}

function wholeNumber(name: string, given: string, least: number): number {
  const value = Number(given);
  if (!Number.isSafeInteger(value) || value < least) throw new Error(`--${name} is "${given}"; it must be a whole number from ${least}.`);
  return value;
}
