import type { RunList } from '@thaw/db/queries/run/list-runs';
import type { RunFilter as FilterOfRuns } from '@thaw/db/queries/run/run-filter';
import { parseSearch } from '@thaw/search';
import { GraphQLError } from 'graphql';
import { badInput } from '../errors';
import type { RunFilter } from './run-filter.input';

/** Which runs a query is about: filter and search must both hold. */
export function readList(project?: string | null, filter?: RunFilter | null, search?: string | null): RunList {
  const given = checkFilter(filter ?? {});
  const searched = search ? readSearch(search) : {};
  const list = { project, filter: Object.keys(searched).length === 0 ? given : Object.keys(given).length === 0 ? searched : { and: [given, searched] } };
  refuseNul(list);
  return list;
}

/** Its problems as the errors of a query: the first one, placed. */
function readSearch(search: string): FilterOfRuns {
  const { filter, problems } = parseSearch(search);
  if (filter) return filter as FilterOfRuns;
  const [{ message, column, length, expected }] = problems as [(typeof problems)[0], ...typeof problems];
  throw new GraphQLError(`search, column ${column}: ${message}`, { extensions: { code: 'BAD_USER_INPUT', column, length, expected, problems } });
}

const deepest = 24;
const mostConditions = 500;

/** A filter of endless nesting would overflow the stack long before Postgres refused it. */
function checkFilter(filter: RunFilter): FilterOfRuns {
  let conditions = 0;
  const visit = (part: RunFilter, depth: number) => {
    if (depth > deepest) throw badInput(`filter nests more than ${deepest} levels of and, or and not. Write it flatter.`);
    if (++conditions > mostConditions) throw badInput(`filter has more than ${mostConditions} parts. Use fewer, or the lists in, ids and status.`);
    for (const inner of [...(part.and ?? []), ...(part.or ?? []), ...(part.not ? [part.not] : [])]) visit(inner, depth + 1);
  };
  visit(filter, 1);
  return filter;
}

/** Postgres has no text with the character NUL. */
export function refuseNul(...input: unknown[]): void {
  if (JSON.stringify(input).includes('\\u0000')) throw badInput('The character NUL (U+0000) occurs in no stored text: leave it out.');
}
