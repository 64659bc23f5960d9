import type { Column } from './columns';

/** What an axis lets through: numbers within bounds, or some of its categories. */
export type Filter = { from: number | null; to: number | null } | { among: readonly string[] };
export type Filters = Readonly<Record<string, Filter>>;

export const isRange = (filter: Filter): filter is { from: number | null; to: number | null } => 'from' in filter;

export function passes(filter: Filter, value: number | string | null): boolean {
  if (value === null) return false;
  if (!isRange(filter)) return filter.among.includes(String(value));
  return typeof value === 'number' && value >= (filter.from ?? Number.NEGATIVE_INFINITY) && value <= (filter.to ?? Number.POSITIVE_INFINITY);
}

/** Places of the runs that every filtered axis lets through. */
export function remaining(columns: readonly Column[], filters: Filters, runs: number): number[] {
  const filtered = columns.filter(({ id }) => filters[id]);
  return Array.from({ length: runs }, (_, place) => place).filter((place) => filtered.every(({ id, values }) => passes(filters[id]!, values[place]!)));
}

/**
 * `learningRate~1e-4..1e-2!freeze~full,head`: filters as the address has them. What axes and categories are called is
 * written so that the signs between them stay signs.
 */
export function writeFilters(filters: Filters): string {
  return Object.entries(filters).map(([id, filter]) => `${escape(id)}~${isRange(filter) ? `${bound(filter.from)}..${bound(filter.to)}` : filter.among.map(escape).join(',')}`).join('!');
}

export function readFilters(text: string): Filters {
  const entries = text.split('!').filter(Boolean).map((part): [string, Filter] | null => {
    const [id, given] = part.split('~');
    if (!id || given === undefined) return null;
    const [, from, to] = /^([^,]*?)\.\.([^,]*)$/.exec(given) ?? [];
    if (from === undefined || to === undefined) return [unescape(id), { among: given.split(',').filter(Boolean).map(unescape) }];
    return [unescape(id), { from: number(from), to: number(to) }];
  });
  return Object.fromEntries(entries.filter((entry) => entry !== null));
}

const number = (text: string) => (text !== '' && Number.isFinite(Number(text)) ? Number(text) : null);
const bound = (value: number | null) => (value === null ? '' : String(Number(value.toPrecision(5))));
const escape = (text: string) => text.replace(/[*!~,]|\.\./g, (sign) => `*${[...sign].map((each) => each.charCodeAt(0).toString(16)).join('*')}`);
const unescape = (text: string) => text.replace(/\*([0-9a-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
