import { decodeNumber, type Series } from './numbers';

export interface NamedSeries extends Series {
  key: string;
}

export interface ColumnsProblem {
  /** Dotted path into the columns: "steps", "values.3". */
  field: string;
  message: string;
}

const longestKey = 250;

/** Checks columns from outside and gives plain numbers; one problem per column at most. Missing times are `now`. */
export function parseColumns(input: unknown, now: number): { ok: true; series: NamedSeries } | { ok: false; problems: ColumnsProblem[] } {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    return { ok: false, problems: [{ field: '', message: `Columns must be an object { key, steps, times, values }, not ${show(input)}.` }] };
  }
  const { key, steps, values, times = Array.isArray(steps) ? steps.map(() => now) : undefined, ...rest } = input as Record<string, unknown>;
  const problems: ColumnsProblem[] = Object.keys(rest).map((field) => ({ field, message: `Columns have no ${field}; they are key, steps, times and values.` }));
  if (typeof key !== 'string' || key.trim() === '' || key.length > longestKey) {
    problems.push({ field: 'key', message: `key is ${show(key)}. It must be a name of 1 to ${longestKey} characters, such as "train/loss".` });
  }
  const read = (field: string, column: unknown, element: (value: unknown) => number | undefined, valid: string): number[] => {
    if (!Array.isArray(column)) {
      problems.push({ field, message: `${field} is ${show(column)}. It must be an array of ${valid}.` });
      return [];
    }
    const numbers = column.map(element);
    const wrong = numbers.indexOf(undefined);
    if (wrong >= 0) problems.push({ field: `${field}.${wrong}`, message: `${field}[${wrong}] is ${show(column[wrong])}. It must be one of ${valid}.` });
    return numbers as number[];
  };
  const series = {
    key: key as string,
    steps: read('steps', steps, (value) => (Number.isSafeInteger(value) ? (value as number) : undefined), 'whole numbers'),
    times: read('times', times, (value) => (Number.isFinite(value) ? (value as number) : undefined), 'seconds since 1970-01-01 UTC'),
    values: read('values', values, decodeNumber, 'numbers, "NaN", "Infinity" or "-Infinity"'),
  };
  if (problems.length === 0 && (series.steps.length !== series.values.length || series.steps.length !== series.times.length)) {
    problems.push({ field: 'steps', message: `The columns differ in length: ${series.steps.length} steps, ${series.times.length} times, ${series.values.length} values. Give one of each per point.` });
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, series };
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
