import type { HyperparameterField } from './fields';

export type FieldValue = boolean | number | string;
export type ReadValues = { ok: true; values: FieldValue[] } | { ok: false; message: string };

/** Runs that one launch makes at most: what a person can still look at, and a grid of three fields with four values each fits. */
export const mostRuns = 100;

/** What may stand in a field, for its help. */
export const valuesHelp = 'Several values make several runs: 0.001, 0.0003 lists them; 1e-4..1e-2 x5 log spreads five evenly by factor, 0..0.5 x6 evenly by difference, and 1..4 counts.';

/**
 * One value, or several: separated by commas, each of them a value or a range.
 *
 *   0.001, 0.0003        these two
 *   1..4                 1, 2, 3, 4 (whole numbers only)
 *   0..0.5 x6            six from 0 to 0.5 with the same difference: 0, 0.1, …
 *   1e-4..1e-2 x5 log    five from 1e-4 to 1e-2 with the same factor: 1e-4, 3.162e-4, 1e-3, …
 *   head, full           choices by name
 *   on, off              booleans
 *
 * A value that stands twice counts once. Limits are not looked at: validateHyperparameters names them, value by value.
 */
export function readValues(field: Pick<HyperparameterField, 'name' | 'type'>, text: string): ReadValues {
  const parts = text.split(',').map((part) => part.trim());
  if (parts.some((part) => part === '')) return { ok: false, message: parts.length === 1 ? 'Type a value.' : `There is nothing between two commas, or behind the last one. Decimals have a point: 0.5.` };
  const values: FieldValue[] = [];
  for (const part of parts) {
    const read = readPart(field, part);
    if (!read.ok) return read;
    values.push(...read.values);
  }
  const distinct = [...new Set(values)];
  return distinct.length > mostRuns ? tooMany(distinct.length) : { ok: true, values: distinct };
}

const isNumber = ({ type }: Pick<HyperparameterField, 'type'>) => type === 'integer' || type === 'number';
const tooMany = (count: number): ReadValues => ({ ok: false, message: `These are ${count.toLocaleString('en-US')} values; at most ${mostRuns} runs are made at once.` });

function readPart(field: Pick<HyperparameterField, 'name' | 'type'>, part: string): ReadValues {
  if (field.type === 'boolean') {
    const value = switches.get(part.toLowerCase());
    return value === undefined ? { ok: false, message: `"${part}" is neither on nor off.` } : { ok: true, values: [value] };
  }
  if (!isNumber(field)) return { ok: true, values: [part] };
  if (part.includes('..')) return readRange(field, part);
  const value = Number(part);
  return Number.isNaN(value) ? { ok: false, message: `"${part}" is not a number. ${field.type === 'integer' ? 'Write 10, several as 10, 20, a range as 1..4.' : 'Write 0.001 or 1e-3, several as 0.001, 0.0003, a range as 1e-4..1e-2 x5 log.'}` } : { ok: true, values: [value] };
}

const switches = new Map([['on', true], ['true', true], ['yes', true], ['off', false], ['false', false], ['no', false]]);

const rangePattern = /^(\S+?)\s*\.\.\s*(\S+?)(?:\s+x\s*(\d{1,6}))?(?:\s+(log|linear))?$/i;

function readRange({ name, type }: Pick<HyperparameterField, 'name' | 'type'>, part: string): ReadValues {
  const [, lowText, highText, countText, scale] = rangePattern.exec(part) ?? [];
  const low = Number(lowText);
  const high = Number(highText);
  if (Number.isNaN(low) || Number.isNaN(high)) return { ok: false, message: `"${part}" is no range. Write it as 1e-4..1e-2 x5 log, as 0..0.5 x6, or whole numbers as 1..4.` };
  const log = scale?.toLowerCase() === 'log';
  if (log && (low <= 0 || high <= 0)) return { ok: false, message: `"${part}": a range by factor (log) begins and ends above 0.` };
  const whole = type === 'integer';
  if (countText === undefined && (!whole || log)) return { ok: false, message: `"${part}" does not say how many values of ${name}: add x5 for five of them.` };
  const count = countText === undefined ? Math.abs(high - low) + 1 : Number(countText);
  if (count < 2) return { ok: false, message: `"${part}": a range has at least two values, so x2 or more.` };
  if (count > mostRuns) return tooMany(count);
  return { ok: true, values: Array.from({ length: Math.floor(count) }, (_, index) => between(low, high, index / (Math.floor(count) - 1), log, whole)) };
}

/** Ends exactly as written; between them four digits, which is more than any hyperparameter needs. */
function between(low: number, high: number, part: number, log: boolean, whole: boolean): number {
  if (part === 0) return low;
  if (part === 1) return high;
  const value = log ? low * (high / low) ** part : low + (high - low) * part;
  return whole ? Math.round(value) : Number(value.toPrecision(4));
}
