import { isId, runStatus } from '@thaw/db';
import type { RunOrder, RunPosition } from '@thaw/db/queries/run/list-runs';
import { decodeCursor, encodeCursor } from '../connection';
import { badInput } from '../errors';
import type { RunFilter, RunOrder as RunOrderInput } from './run-filter.input';

export function readOrder(input?: RunOrderInput | null): RunOrder {
  const order: RunOrder = { field: input?.field ?? 'CREATED_AT', key: input?.key ?? '', stat: input?.stat ?? 'LAST', direction: input?.direction ?? 'DESC' };
  if (order.field === 'METRIC' && order.key === '') throw badInput('orderBy METRIC needs key, the name of the metric, such as "val/accuracy".');
  return order;
}

const nameOf = ({ field, key, stat, direction }: RunOrder) => (field === 'METRIC' ? `${field} ${key} ${stat} ${direction}` : `${field} ${direction}`);

export const cursorOf = (order: RunOrder, { value, id }: RunPosition): string => encodeCursor([nameOf(order), value, id]);

/** A cursor of another order would skip and repeat rows: it is refused. */
export function readCursor(order: RunOrder, cursor: string): RunPosition {
  const [name, value, id] = decodeCursor(cursor);
  if (name === nameOf(order) && typeof id === 'string' && isId(id) && (value === null || (typeof value === 'string' && isValueOf(order, value)))) return { value, id };
  throw badInput(`after is a cursor of another order than ${nameOf(order)}. Start again without after when orderBy changes.`);
}

/** Postgres fails on a value that it cannot read as the column's type. */
function isValueOf({ field }: RunOrder, value: string): boolean {
  if (field === 'CREATED_AT') return !Number.isNaN(Date.parse(value));
  if (field === 'STATUS') return (runStatus.enumValues as readonly string[]).includes(value);
  if (field === 'METRIC') return !Number.isNaN(Number(value)) && value.trim() !== '';
  return true;
}

const deepest = 10;

/** A filter of endless nesting would overflow the stack long before Postgres refused it. */
export function checkFilter(filter: RunFilter, depth = 1): RunFilter {
  if (depth > deepest) throw badInput(`filter nests more than ${deepest} levels of and, or and not. Write it flatter.`);
  for (const inner of [...(filter.and ?? []), ...(filter.or ?? []), ...(filter.not ? [filter.not] : [])]) checkFilter(inner, depth + 1);
  return filter;
}
