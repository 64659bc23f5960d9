import { decodeFloats } from './base64';
import { decodeNumber, type Series } from './numbers';

export interface NamedSeries extends Series {
  key: string;
  /** False when the caller gave no times and they are the time of arrival. */
  timed?: boolean;
}

export interface ColumnsProblem {
  /** Dotted path into the columns: "steps", "values.3". */
  field: string;
  message: string;
}

export const longestKey = 512;

/** Checks columns from outside and gives plain numbers; one problem per column at most. Missing times are `now`. */
export function parseColumns(input: unknown, now: number): { ok: true; series: NamedSeries } | { ok: false; problems: ColumnsProblem[] } {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    return { ok: false, problems: [{ field: '', message: `Columns must be an object { key, steps, times, values }, not ${show(input)}.` }] };
  }
  const problems: ColumnsProblem[] = [];
  for (const field in input) {
    if (field !== 'key' && field !== 'steps' && field !== 'times' && field !== 'values') problems.push({ field, message: `Columns have no ${field}; they are key, steps, times and values.` });
  }
  const { key, steps: givenSteps, values: givenValues, times: givenTimes } = input as Record<string, unknown>;
  const badKey = problemOfKey(key);
  if (badKey) problems.push({ field: 'key', message: badKey });
  const steps = readColumn('steps', givenSteps, toStep, 'whole numbers', problems);
  const timed = givenTimes !== undefined && givenTimes !== null;
  const times = timed ? readColumn('times', givenTimes, toTime, 'seconds since 1970-01-01 UTC', problems) : new Float64Array(steps.length).fill(now);
  const values = readColumn('values', givenValues, decodeNumber, 'numbers, "NaN", "Infinity" or "-Infinity"', problems);
  if (problems.length > 0) return { ok: false, problems };
  if (steps.length !== values.length || steps.length !== times.length) {
    return { ok: false, problems: [{ field: 'steps', message: `The columns differ in length: ${steps.length} steps, ${times.length} times, ${values.length} values. Give one of each per point.` }] };
  }
  return { ok: true, series: { key: key as string, steps, times, values, timed } };
}

/** null when it is a key; otherwise what is wrong with it. */
export function problemOfKey(key: unknown): string | null {
  const valid = `It must be a name of 1 to ${longestKey} bytes of UTF-8 without control characters, such as "train/loss".`;
  if (typeof key !== 'string' || key.trim() === '') return `key is ${show(key)}. ${valid}`;
  // No character takes more than three bytes for each of its UTF-16 units.
  const bytes = key.length * 3 <= longestKey ? 0 : new TextEncoder().encode(key).length;
  if (bytes > longestKey) return `key is ${show(key)}, ${bytes} bytes long. ${valid}`;
  if (isUnprintable(key)) return `key is ${show(key)}, which has a control character or half a character in it. ${valid}`;
  return null;
}

/** Control characters, and halves of surrogate pairs, which no database keeps as they are. */
// eslint-disable-next-line no-control-regex
export const isUnprintable = (text: string): boolean => /[\u0000-\u001f\u007f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text);

// -0 is 0 as a step.
const toStep = (value: unknown) => (Number.isSafeInteger(value) ? (value as number) + 0 : undefined);
const toTime = (value: unknown) => (Number.isFinite(value) ? (value as number) : undefined);

const none = new Float64Array(0);

function readColumn(field: string, column: unknown, read: (value: unknown) => number | undefined, valid: string, problems: ColumnsProblem[]): Float64Array {
  const given = typeof column === 'string' ? decodeFloats(column) : column;
  if (!Array.isArray(given) && !(given instanceof Float64Array)) {
    problems.push({ field, message: `${field} is ${show(column)}. It must be an array of ${valid}, or the same as float64 (little-endian) in base64.` });
    return none;
  }
  const numbers = given instanceof Float64Array ? given : new Float64Array(given.length);
  for (let index = 0; index < given.length; index++) {
    const number = read(given[index]);
    if (number === undefined) {
      problems.push({ field: `${field}.${index}`, message: `${field}[${index}] is ${show(given[index])}. It must be one of ${valid}.` });
      return none;
    }
    numbers[index] = number;
  }
  return numbers;
}

function show(value: unknown): string {
  const text = (typeof value === 'number' ? String(value) : JSON.stringify(value)) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
