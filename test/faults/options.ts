import { parseArgs } from 'node:util';

export interface FaultOptions {
  seed: number;
  kills: number;
  runs: number;
  /** The last line of output is the result as JSON. */
  json: boolean;
  /** Of parts.ts; all when null. */
  only: string | null;
  /** Keep the folder with logs and database also when everything was in order. */
  keep: boolean;
}

/** `--seed 1 --kills 100 --runs 20 --only storm --keep --json` */
export function readOptions(args: string[]): FaultOptions {
  const { values } = parseArgs({
    args,
    options: {
      seed: { type: 'string', default: '1' }, kills: { type: 'string', default: '20' }, runs: { type: 'string', default: '20' },
      only: { type: 'string' }, keep: { type: 'boolean', default: false }, json: { type: 'boolean', default: false },
    },
  });
  return { seed: wholeNumber('seed', values.seed, 0), kills: wholeNumber('kills', values.kills, 0), runs: wholeNumber('runs', values.runs, 1), only: values.only ?? null, keep: values.keep, json: values.json };
}

function wholeNumber(name: string, given: string, least: number): number {
  const value = Number(given);
  if (!Number.isSafeInteger(value) || value < least) throw new Error(`--${name} is "${given}"; it must be a whole number from ${least}.`);
  return value;
}
