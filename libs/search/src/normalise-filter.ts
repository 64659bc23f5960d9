import { nothing, type RunFilter } from './filter';

type Parts = readonly RunFilter[];
type Condition = Record<string, unknown>;

const isTrue = (filter: RunFilter) => Object.keys(filter).length === 0;
const isFalse = (filter: RunFilter) => filter.ids?.length === 0 && Object.keys(filter).length === 1;

/** The same filter with one condition a part, and no part that changes nothing: what parseSearch makes of its text. */
export function normaliseFilter(filter: RunFilter): RunFilter {
  const { and, or, not, ...rest } = filter;
  const parts: RunFilter[] = [...(and ?? []).map(normaliseFilter)];
  if (or) parts.push(anyOf(or.map(normaliseFilter)));
  if (not) parts.push(opposite(normaliseFilter(not)));
  for (const [name, value] of Object.entries(rest)) parts.push(...conditionsOf(name, value));
  return allOf(parts);
}

function allOf(parts: Parts): RunFilter {
  const flat = parts.flatMap((part): Parts => (isTrue(part) ? [] : (part.and ?? [part])));
  if (flat.some(isFalse)) return nothing;
  return flat.length === 0 ? {} : flat.length === 1 ? flat[0]! : { and: flat };
}

function anyOf(parts: Parts): RunFilter {
  const flat = parts.flatMap((part): Parts => (isFalse(part) ? [] : (part.or ?? [part])));
  if (flat.some(isTrue)) return {};
  return flat.length === 0 ? nothing : flat.length === 1 ? flat[0]! : { or: flat };
}

function opposite(part: RunFilter): RunFilter {
  if (isTrue(part)) return nothing;
  if (isFalse(part)) return {};
  return part.not ?? { not: part };
}

function conditionsOf(name: string, value: unknown): RunFilter[] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value)) return [value.length === 0 ? nothing : { [name]: name === 'ids' ? value : [...new Set(value)] }];
  if (typeof value !== 'object') return [{ [name]: value }];
  const { key, stat, ...tests } = value as Condition;
  const head = { ...(key === undefined ? {} : { key }), ...(stat && stat !== 'LAST' ? { stat } : {}) };
  return Object.entries(tests).flatMap(([test, operand]): RunFilter[] => {
    if (operand === null || operand === undefined) return [];
    if (test === 'exists' && operand === false) return [{ not: { [name]: { ...head, exists: true } } }];
    if (test === 'in' && (operand as unknown[]).length === 0) return [nothing];
    return [{ [name]: { ...head, [test]: Object.is(operand, -0) ? 0 : Array.isArray(operand) ? operand.map((each) => (Object.is(each, -0) ? 0 : each)) : operand } }];
  });
}
