import type { Comparison } from './fields';
import { canBeAbsent, comparisonsOf, fieldNamed, fieldNames, searchFields, type SearchField } from './fields';
import { nothing, type ConfigFilter, type MetricFilter, type MetricStat, type RunFilter, type Scalar } from './filter';
import { nearest } from './nearest';
import type { Condition, Operand, Place, Written } from './syntax';
import { readDate, readDuration, readNumber } from './units';

/** Something in the text that does not make sense, and where. */
export class SearchError extends Error {
  constructor(readonly place: Place, message: string, readonly expected: readonly string[]) {
    super(message);
  }
}

type Named = { type: 'field'; field: SearchField } | { type: 'metric'; key: string; stat: MetricStat } | { type: 'config'; key: string };

const longestKey = 512;

export function compileCondition(condition: Condition, now: number): RunFilter {
  if (condition.type === 'text') return { name: { contains: condition.value.text } };
  const named = readOperand(condition.operand);
  if (condition.type === 'exists') return compileExists(named, condition.operand);
  if (condition.type === 'among') {
    const filter = compileAmong(named, condition.operand, condition.values, now);
    return isNegated(condition.operator) ? { not: filter } : filter;
  }
  const comparison = readComparison(condition.operator);
  return isNegated(condition.operator) || condition.operator.text === '!~'
    ? { not: compileComparison(named, condition.operand, '~', condition.operator, condition.value, now) }
    : compileComparison(named, condition.operand, comparison, condition.operator, condition.value, now);
}

const isNegated = ({ text }: Written): boolean => /^not\b/i.test(text);

function readComparison({ text }: Written): Comparison {
  if (text === '==') return '=';
  if (/contains$/i.test(text) || text === '!~') return '~';
  return /has$/i.test(text) ? ':' : (text as Comparison);
}

/** A word is a field, a path into the config, or else a metric. */
export function readOperand(operand: Operand): Named {
  const stat = (operand.statistic?.toUpperCase() ?? 'LAST') as MetricStat;
  const prefix = operand.prefix ?? (/^metric\./i.test(operand.text) ? 'metric' : /^(config|params?)\./i.test(operand.text) ? 'config' : null);
  const key = operand.prefix ? operand.text : prefix ? operand.text.slice(operand.text.indexOf('.') + 1) : operand.text;
  if (key === '' || new TextEncoder().encode(key).length > longestKey) {
    throw new SearchError(operand, `A name of a metric or config value has 1 to ${longestKey} bytes.`, [prefix === 'config' ? 'a config value' : 'a metric']);
  }
  if (prefix === 'config') {
    if (operand.statistic) throw new SearchError(operand, `${operand.statistic}(…) is for metrics; config.${key} has one value. Leave ${operand.statistic}() out.`, [`config.${key}`]);
    return { type: 'config', key };
  }
  const field = prefix === null && operand.statistic === null ? fieldNamed(key) : undefined;
  return field ? { type: 'field', field } : { type: 'metric', key, stat };
}

/** What a word that was read as a metric may have been meant to be: said when its value is not a number. */
function suggestion({ text, prefix, statistic }: Operand): string {
  if (prefix || statistic) return '';
  const field = nearest(text, searchFields.flatMap(({ name, aliases }) => [name, ...(aliases ?? [])]));
  return field ? ` There is no field ${text}. Did you mean ${field}?` : ` There is no field ${text} either; fields are ${fieldNames.join(', ')}, and config.${text} is a config value.`;
}

const metric = ({ key, stat }: { key: string; stat: MetricStat }, rest: Partial<MetricFilter>): RunFilter => ({ metric: stat === 'LAST' ? { key, ...rest } : { key, stat, ...rest } });
const config = ({ key }: { key: string }, rest: Partial<ConfigFilter>): RunFilter => ({ config: { key, ...rest } });

function compileExists(named: Named, operand: Operand): RunFilter {
  if (named.type === 'metric') return metric(named, { exists: true });
  if (named.type === 'config') return config(named, { exists: true });
  const { name, filter, kind } = named.field;
  if (canBeAbsent(kind)) return { [filter]: { exists: true } };
  throw new SearchError(operand, `exists does not fit ${name}. Ask for a value, such as ${name} = …, or for a metric or config value that exists.`, comparisonsOf[kind].slice());
}

function compileAmong(named: Named, operand: Operand, values: readonly Written[], now: number): RunFilter {
  if (named.type === 'metric') return anyOf(values.map((value) => metric(named, { eq: numberFor(value, operand) })));
  if (named.type === 'config') return config(named, { in: values.map(readScalar) });
  const { filter, kind } = named.field;
  if (kind === 'choice') return { [filter]: [...new Set(values.map((value) => readChoice(value, named.field)))] };
  if (kind === 'id') return { ids: values.map(({ text }) => text) };
  if (kind === 'text') return { [filter]: { in: values.map(({ text }) => text) } };
  return anyOf(values.map((value) => compileField(named.field, '=', value, now)));
}

const anyOf = (parts: RunFilter[]): RunFilter => (parts.length === 0 ? nothing : parts.length === 1 ? parts[0]! : { or: parts });

const boundOf: Partial<Record<Comparison, 'gt' | 'gte' | 'lt' | 'lte' | 'eq' | 'ne'>> = { '=': 'eq', ':': 'eq', '!=': 'ne', '>': 'gt', '>=': 'gte', '<': 'lt', '<=': 'lte' };

function compileComparison(named: Named, operand: Operand, comparison: Comparison, operator: Place, value: Written, now: number): RunFilter {
  const bound = boundOf[comparison];
  if (named.type === 'metric') {
    const number = numberFor(value, operand);
    if (!bound) throw new SearchError(operator, `${operand.text} is taken for a metric, and metrics are numbers: ~ and contains do not fit.${suggestion(operand)}`, Object.keys(boundOf));
    return metric(named, { [bound]: number });
  }
  if (named.type === 'config') {
    const scalar = readScalar(value);
    if (bound === undefined || (comparison === ':' && typeof scalar === 'string')) return config(named, { contains: value.text });
    if (bound === 'eq' || bound === 'ne') return config(named, { [bound]: scalar });
    if (typeof scalar === 'number') return config(named, { [bound]: scalar });
    throw new SearchError(value, `${comparison} compares numbers, and ${show(value)} is none. Text can be tested with =, != and ~.`, ['a number']);
  }
  if (!comparisonsOf[named.field.kind].includes(comparison)) {
    const valid = comparisonsOf[named.field.kind];
    throw new SearchError(operator, `${comparison === '~' ? 'contains' : comparison} does not fit ${named.field.name}. Valid: ${valid.join(' ')} in.`, [...valid, 'in']);
  }
  return compileField(named.field, comparison, value, now);
}

function compileField(field: SearchField, comparison: Comparison, value: Written, now: number): RunFilter {
  const filter = equalityOf(field, comparison, value, now);
  const hasUnequal = field.kind === 'text' || field.kind === 'duration';
  return comparison === '!=' && !hasUnequal ? { not: filter } : filter;
}

/** The filter for a comparison; for != the one to negate, where RunFilter has no ne. */
function equalityOf(field: SearchField, comparison: Comparison, value: Written, now: number): RunFilter {
  const { filter, kind, name } = field;
  switch (kind) {
    case 'choice':
      return { [filter]: [readChoice(value, field)] };
    case 'id':
      return { ids: [value.text] };
    case 'label':
      return { [filter]: value.text };
    case 'flag':
      return { [filter]: readFlag(value, name) };
    case 'text':
      return { [filter]: comparison === '=' ? { eq: value.text } : comparison === '!=' ? { ne: value.text } : { contains: value.text } };
    case 'duration': {
      const seconds = readDuration(value.text);
      if (seconds === undefined) throw new SearchError(value, `${show(value)} is no length of time. Write a number of seconds, or 30s, 5m, 2h, 1h30m, 3d.`, ['a length of time']);
      return { [filter]: { [boundOf[comparison]!]: seconds } };
    }
    case 'date':
      return { [filter]: datesOf(comparison, value, now) };
  }
}

function datesOf(comparison: Comparison, value: Written, now: number) {
  const span = readDate(value.text, now);
  if (!span) throw new SearchError(value, `${show(value)} is no date. Write 2025-01-31, 2025-01-31T12:00Z, 7d ago (or -7d), today or yesterday.`, ['a date']);
  const from = new Date(span.from).toISOString();
  const to = new Date(span.to).toISOString();
  if (comparison === '>') return { after: to };
  if (comparison === '>=') return { after: from };
  if (comparison === '<') return { before: from };
  if (comparison === '<=') return { before: to };
  return { after: from, before: to };
}

function numberFor(value: Written, operand: Operand): number {
  const number = readNumber(value.text);
  if (number !== undefined) return number;
  throw new SearchError(suggestion(operand).includes('Did you mean') ? operand : value, `${show(value)} is no number, and metrics such as ${operand.text} are.${suggestion(operand)}`, ['a number']);
}

/** Quotes make text of anything: config.version = "3". Switches are read as they are shown, too: on and off. */
export function readScalar({ text, quoted }: Written): Scalar {
  if (quoted) return text;
  if (/^(true|false|on|off)$/i.test(text)) return /^(true|on)$/i.test(text);
  return readNumber(text) ?? text;
}

function readChoice(value: Written, { name, values = [] }: SearchField): string {
  const wanted = value.text.toUpperCase().replace(/[- ]/g, '_');
  if (values.includes(wanted)) return wanted;
  const near = nearest(wanted, values);
  throw new SearchError(value, `There is no ${name} ${show(value)}.${near ? ` Did you mean ${near}?` : ''} Valid: ${values.join(', ')}.`, values);
}

function readFlag(value: Written, name: string): boolean {
  if (/^(true|yes|on)$/i.test(value.text)) return true;
  if (/^(false|no|off)$/i.test(value.text)) return false;
  throw new SearchError(value, `${name} is true or false, not ${show(value)}.`, ['true', 'false']);
}

const show = ({ text }: Written): string => JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
