import { hyperparameterFields, type HyperparameterField } from './fields';
import type { Hyperparameters } from './hyperparameters';
import { mostRuns, type FieldValue } from './read-values';
import { validateHyperparameters, type HyperparameterProblem } from './validate';

/** Several values per hyperparameter. */
export type Grid = Readonly<Record<string, readonly unknown[]>>;

export interface GridRun {
  config: Hyperparameters;
  /** What tells it from the others, in the order of the schema. */
  varied: { name: string; value: FieldValue }[];
}

export interface GridProblem extends Omit<HyperparameterProblem, 'code'> {
  code: HyperparameterProblem['code'] | 'INVALID_GRID' | 'TOO_MANY_RUNS';
  /** Which of the values is wrong, from 0; null when the problem is of them all, or of the config. */
  index: number | null;
}

export type ExpandedGrid = { ok: true; runs: GridRun[]; /** Combinations left out, because they are the same run as another. */ same: number } | { ok: false; problems: GridProblem[] };

/**
 * One run for every combination of the values, over a common config: the last field changes fastest.
 * A value that has no meaning beside the others (blocks to unfreeze, while only the head trains) makes no run of its own.
 */
export function expandGrid(config: unknown, grid: Grid): ExpandedGrid {
  const given = Object.entries(grid);
  const problems = [...problemsOfConfig(config, grid), ...given.flatMap(([name, values]) => problemsOfValues(name, values))];
  if (problems.length > 0) return { ok: false, problems };

  const varying = given.map(([name, values]) => ({ name, values: [...new Set(values)] as FieldValue[] })).sort((a, b) => place(a.name) - place(b.name));
  const count = varying.reduce((product, { values }) => product * values.length, 1);
  if (count > mostRuns) return { ok: false, problems: [{ name: '', index: null, code: 'TOO_MANY_RUNS', message: `${countWords(varying)} are ${count.toLocaleString('en-US')} runs; at most ${mostRuns} are made at once. Take values away, or launch them in parts.` }] };

  const combinations = varying.reduce<FieldValue[][]>((product, { values }) => product.flatMap((before) => values.map((value) => [...before, value])), [[]]);
  const runs = new Map<string, GridRun>();
  for (const combination of combinations) {
    const own = Object.fromEntries(combination.map((value, index) => [varying[index]!.name, value]));
    const checked = validateHyperparameters({ ...(config as object), ...own });
    // Each value was valid on its own; what they are together is the trainer's to judge, as it is for a single run.
    if (!checked.ok) return { ok: false, problems: checked.problems.map((problem) => ({ ...problem, index: null })) };
    const varied = varying.flatMap(({ name }, index) => (hasMeaning(name, checked.config) ? [{ name, value: combination[index]! }] : []));
    const key = JSON.stringify(varied);
    if (!runs.has(key)) runs.set(key, { config: checked.config, varied: varied.filter(({ name }) => varying.find((each) => each.name === name)!.values.length > 1) });
  }
  return { ok: true, runs: [...runs.values()], same: combinations.length - runs.size };
}

/** "3 values of learning rate × 4 of seed", of the fields with more than one. */
export function countWords(varying: readonly { name: string; values: readonly unknown[] }[]): string {
  return varying.filter(({ values }) => values.length > 1).map(({ name, values }, index) => `${values.length} ${index === 0 ? 'values of' : 'of'} ${(fieldOf(name)?.label ?? name).toLowerCase()}`).join(' × ');
}

/** "learningRate=0.001 seed=2", behind the name that all have in common. */
export function nameOfRun(common: string, varied: GridRun['varied']): string {
  return [common, ...varied.map(({ name, value }) => `${name}=${String(value)}`)].filter(Boolean).join(' ').slice(0, 200);
}

const fieldOf = (name: string): HyperparameterField | undefined => hyperparameterFields.find((field) => field.name === name);
const place = (name: string) => hyperparameterFields.findIndex((field) => field.name === name);

/** Whether the other values leave it any. */
export function hasMeaning(name: string, config: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(fieldOf(name)?.onlyWhen ?? {}).every(([other, allowed]) => allowed.includes(config[other] as string | boolean));
}

function problemsOfConfig(config: unknown, grid: Grid): GridProblem[] {
  const checked = validateHyperparameters(config);
  // What the grid sets is not looked at in the config it stands over.
  return checked.ok ? [] : checked.problems.filter(({ name }) => !(name in grid)).map((problem) => ({ ...problem, index: null }));
}

function problemsOfValues(name: string, values: unknown): GridProblem[] {
  if (!Array.isArray(values) || values.length === 0) return [{ name, index: null, code: 'INVALID_GRID', message: `The values of ${name} must be a list of at least one, such as { "${name}": [1, 2] }.` }];
  if (values.length > mostRuns) return [{ name, index: null, code: 'TOO_MANY_RUNS', message: `There are ${values.length} values of ${name}; at most ${mostRuns} runs are made at once.` }];
  const problems = values.flatMap((value: unknown, index): GridProblem[] => {
    const checked = validateHyperparameters({ [name]: value });
    return checked.ok ? [] : checked.problems.map((problem) => ({ ...problem, index }));
  });
  // A misspelt name is one problem, however many values it has.
  return problems[0]?.code === 'UNKNOWN_HYPERPARAMETER' ? [{ ...problems[0], index: null }] : problems;
}
