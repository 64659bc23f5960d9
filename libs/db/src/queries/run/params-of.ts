/** One value of a config as searches see it. */
export interface Param {
  /** Dotted path: "optimizer.name". */
  key: string;
  /** The value, when it is a number. */
  number: number | null;
  /** The value as people write it: strings bare, else JSON; its beginning. */
  text: string;
}

const longestText = 256;

/** A config taken apart. Nested values get dotted keys; arrays are one value; null is none. */
export const paramsOf = (config: Record<string, unknown>): Param[] =>
  [...leavesOf(config)].map(([key, value]) => ({
    key,
    number: typeof value === 'number' ? value : null,
    text: (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, longestText),
  }));

function* leavesOf(value: Record<string, unknown>, prefix = ''): Generator<[string, unknown]> {
  for (const [name, each] of Object.entries(value)) {
    if (each === null || each === undefined) continue;
    if (typeof each === 'object' && !Array.isArray(each)) yield* leavesOf(each as Record<string, unknown>, `${prefix}${name}.`);
    else yield [prefix + name, each];
  }
}
