import { comparisonsOf, fieldNamed, fieldOfFilter, printPath, printText, searchFields, type Comparison, type MetricStat, type RunFilter } from '@thaw/search';
import { quoted } from '../value-text';

/** One condition as a small form shows it. */
export interface ConditionDraft {
  /** A field of the search language, `metric` or `config`. */
  subject: string;
  /** Of the metric or config value. */
  key: string;
  stat: MetricStat;
  operator: string;
  /** As it is typed. */
  value: string;
}

const symbols: Record<string, string> = { eq: '=', ne: '!=', gt: '>', gte: '>=', lt: '<', lte: '<=', contains: '~', after: '>=', before: '<' };
const opposites: Record<string, string> = { '=': '!=', '~': '!~' };

/** Conditions that must all hold: what the chips are. */
export const partsOf = (filter: RunFilter): readonly RunFilter[] => filter.and ?? (Object.keys(filter).length === 0 ? [] : [filter]);

/** null for one that no form can show: lists of values, "or", and the like. */
export function draftOf(part: RunFilter): ConditionDraft | null {
  if (part.not) {
    const inner = draftOf(part.not);
    const operator = inner && opposites[inner.operator];
    return operator ? { ...inner, operator } : null;
  }
  const [name, test] = (Object.entries(part)[0] ?? []) as [keyof RunFilter | undefined, unknown];
  if (name === undefined || name === 'and' || name === 'or') return null;
  const plain = { subject: name === 'metric' || name === 'config' ? name : fieldOfFilter(name).name, key: '', stat: 'LAST' as const };
  if (Array.isArray(test)) return test.length === 1 ? { ...plain, operator: '=', value: String(test[0]) } : null;
  if (typeof test !== 'object' || test === null) return { ...plain, operator: '=', value: String(test) };
  const { key = '', stat = 'LAST', ...tests } = test as { key?: string; stat?: MetricStat };
  const [[kind, value] = [], ...more] = Object.entries(tests) as [string, unknown][];
  if (kind === undefined || more.length > 0 || Array.isArray(value)) return null;
  const seconds = plain.subject === 'duration' ? 's' : '';
  return { ...plain, key, stat, operator: kind === 'exists' ? 'exists' : (symbols[kind] ?? '='), value: kind === 'exists' ? '' : name === 'config' ? String(quoted(value)) : `${String(value)}${seconds}` };
}

/** In the search language. */
export function searchOf({ subject, key, stat, operator, value }: ConditionDraft): string {
  const path = subject === 'metric' ? printPath('metric', key) : subject === 'config' ? printPath('config', key) : subject;
  const operand = subject === 'metric' && stat !== 'LAST' ? `${stat.toLowerCase()}(${path})` : path;
  return operator === 'exists' ? `${operand} exists` : `${operand} ${operator} ${printValue(subject, value)}`;
}

function printValue(subject: string, value: string): string {
  const text = value.trim();
  if (/^"(\\.|[^"\\])*"$/.test(text)) return text;
  const kind = subject === 'metric' ? 'number' : subject === 'config' ? 'config' : fieldNamed(subject)?.kind;
  if (kind === 'number' || kind === 'date' || kind === 'flag' || kind === 'duration') return /\s/.test(text) && !/ago$/i.test(text) ? `"${text}"` : text;
  if (kind === 'config' && (/^(true|false|on|off)$/i.test(text) || (text !== '' && Number.isFinite(Number(text))))) return text;
  return printText(text);
}

const numberOperators = ['=', '!=', '>', '>=', '<', '<='];

export function operatorsFor(subject: string): string[] {
  if (subject === 'metric') return [...numberOperators, 'exists'];
  if (subject === 'config') return [...numberOperators, '~', '!~', 'exists'];
  const kind = fieldNamed(subject)?.kind ?? 'text';
  const comparisons: Comparison[] = comparisonsOf[kind].filter((each) => each !== ':');
  return [...comparisons, ...(kind === 'text' ? ['!~'] : [])];
}

export const operatorWord: Record<string, string> = { '=': 'is', '!=': 'is not', '>': 'is above', '>=': 'is at least', '<': 'is below', '<=': 'is at most', '~': 'contains', '!~': 'does not contain', exists: 'is there' };
const dateWord: Record<string, string> = { '>=': 'since', '<': 'before', '>': 'after', '<=': 'until', '=': 'on', '!=': 'not on' };

export const wordOf = (subject: string, operator: string): string => (fieldNamed(subject)?.kind === 'date' ? dateWord[operator] : operatorWord[operator]) ?? operator;

/** What the form offers, in the order of use. */
export const subjects: { value: string; label: string }[] = [
  { value: 'metric', label: 'Metric' }, { value: 'config', label: 'Configuration' },
  ...searchFields.filter(({ name }) => name !== 'id' && name !== 'deleted').map(({ name }) => ({ value: name, label: name === 'endReason' ? 'Ended by' : name.charAt(0).toUpperCase() + name.slice(1) })),
];
