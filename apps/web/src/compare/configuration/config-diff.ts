export type Config = Readonly<Record<string, unknown>>;

export interface ConfigRow {
  key: string;
  /** one per run, undefined where the run has none */
  values: unknown[];
  differs: boolean;
}

export const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** One row per key that any config has, in the order of first appearance. */
export function compareConfigs(configs: readonly Config[]): ConfigRow[] {
  const keys = [...new Set(configs.flatMap((config) => Object.keys(config)))];
  return keys.map((key) => {
    const values = configs.map((config) => config[key]);
    return { key, values, differs: values.some((value) => !same(value, values[0])) };
  });
}

export interface Change {
  key: string;
  before: unknown;
  after: unknown;
}

/** What `after` does differently from `before`. */
export function configChanges(before: Config, after: Config): Change[] {
  return compareConfigs([before, after]).flatMap(({ key, values, differs }) => (differs ? [{ key, before: values[0], after: values[1] }] : []));
}
