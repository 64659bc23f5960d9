import { parseArgs } from 'node:util';

export interface BenchOptions {
  /** Rows whose name starts with this; all when null. */
  only: string | null;
  /** The last line of output is the result as JSON. */
  json: boolean;
  /** Sizes so small that a round takes seconds: it shows that the benchmark works, and measures nothing. */
  smoke: boolean;
  peers: boolean;
}

export function readOptions(args: string[]): BenchOptions {
  const { values } = parseArgs({
    args,
    options: { only: { type: 'string' }, json: { type: 'boolean', default: false }, smoke: { type: 'boolean', default: false }, 'no-peers': { type: 'boolean', default: false } },
  });
  return { only: values.only ?? null, json: values.json, smoke: values.smoke, peers: !values['no-peers'] };
}
