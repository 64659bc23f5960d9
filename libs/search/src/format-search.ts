import { fieldNamed, fieldOfFilter } from './fields';
import type { RunFilter, Scalar } from './filter';
import { normaliseFilter } from './normalise-filter';
import { readDate } from './units';

/** A filter as a search that parses to it again, so that filter chips and the search bar stay in step. */
export function formatSearch(filter: RunFilter): string {
  return print(normaliseFilter(filter));
}

function print(filter: RunFilter, inside: 'and' | 'not' | null = null): string {
  if (filter.and) return group(filter.and.map((part) => print(part, 'and')).join(' and '), inside === 'not');
  if (filter.or) return group(filter.or.map((part) => print(part, 'and')).join(' or '), inside !== null);
  if (filter.not) return `not ${print(filter.not, 'not')}`;
  const [name, value] = Object.entries(filter)[0] ?? [];
  return name === undefined ? '' : printCondition(name as keyof RunFilter, value);
}

const group = (text: string, needed: boolean): string => (needed ? `(${text})` : text);

const symbols: Record<string, string> = { eq: '=', ne: '!=', gt: '>', gte: '>=', lt: '<', lte: '<=', contains: '~', after: '>=', before: '<' };

function printCondition(name: keyof RunFilter, value: unknown): string {
  if (Array.isArray(value)) return value.length === 1 ? `${fieldOfFilter(name).name} = ${printText(value[0])}` : `${fieldOfFilter(name).name} in (${value.map(printText).join(', ')})`;
  if (typeof value !== 'object' || value === null) return `${fieldOfFilter(name).name} = ${typeof value === 'boolean' ? value : printText(value as string)}`;
  const { key, stat, ...tests } = value as { key?: string; stat?: string };
  const [test, operand] = Object.entries(tests)[0]! as [string, Scalar | Scalar[]];
  const subject = name === 'metric' ? printMetric(key!, stat) : name === 'config' ? printPath('config', key!) : fieldOfFilter(name).name;
  if (test === 'exists') return `${subject} exists`;
  if (Array.isArray(operand)) return `${subject} in (${operand.map(printScalar).join(', ')})`;
  return `${subject} ${symbols[test]} ${printOperand(name, operand)}`;
}

function printOperand(name: keyof RunFilter, operand: Scalar): string {
  if (name === 'duration') return `${operand}s`;
  // A date the search would read otherwise (a bare day means all of it) is printed in full.
  if (typeof operand === 'string' && fieldKindOf(name) === 'date') return new Date(readDate(operand, 0)?.from ?? operand).toISOString();
  return printScalar(operand);
}

const fieldKindOf = (name: keyof RunFilter) => (name === 'metric' || name === 'config' ? null : fieldOfFilter(name).kind);

export const isBareWord = (text: string): boolean => /^[a-z_][a-z0-9_/.@%#$-]*$/i.test(text) && !/^(and|or|not|max|min|last)$/i.test(text);

function printMetric(key: string, stat?: string): string {
  if (stat) return `${stat.toLowerCase()}(${isPlainMetric(key) ? key : printPath('metric', key)})`;
  return isPlainMetric(key) && !fieldNamed(key) ? key : printPath('metric', key);
}

const isPlainMetric = (key: string) => isBareWord(key) && !/^(metric|config|params?)\./i.test(key);

export const printPath = (prefix: 'metric' | 'config', key: string): string => `${prefix}.${/^[a-z0-9_/.@%#$-]+$/i.test(key) ? key : quote(key)}`;

const quote = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;

/** Bare where it cannot be taken for anything else. */
export const printText = (text: string): string => (isBareWord(text) ? text : quote(text));

const printScalar = (value: Scalar): string => (typeof value === 'string' ? quote(value) : String(value));
