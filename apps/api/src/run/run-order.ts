import { isId, runEndReason, runKind, runStatus } from '@thaw/db';
import type { RunPosition } from '@thaw/db/queries/run/list-runs';
import { positionTypes, type RunOrder } from '@thaw/db/queries/run/run-order';
import { decodeCursor, encodeCursor } from '../connection';
import { badInput } from '../errors';
import { refuseNul } from './list-input';
import { checksum } from './list-cursor';
import type { RunOrder as RunOrderInput } from './run-filter.input';

export function readOrder(input?: RunOrderInput | null): RunOrder {
  const order: RunOrder = { field: input?.field ?? 'CREATED_AT', key: input?.key ?? '', stat: input?.stat ?? 'LAST', direction: input?.direction ?? 'DESC' };
  refuseNul(order);
  if (order.field === 'METRIC' && order.key === '') throw badInput('orderBy METRIC needs key, the name of the metric, such as "val/accuracy".');
  if (order.field === 'CONFIG' && order.key === '') throw badInput('orderBy CONFIG needs key, the dotted path of the value, such as "learningRate".');
  return order;
}

/** list: everything the page depends on; its cursors fit no other list. */
export const cursorOf = (list: unknown, { values, id }: RunPosition): string => encodeCursor([values, id, checksum(list, values, id)]);

/** A cursor of another list would skip and repeat rows: it is refused, as is one that was changed. */
export function readCursor(list: unknown, order: RunOrder, cursor: string): RunPosition {
  const [values, id, check] = decodeCursor(cursor);
  const types = positionTypes(order);
  const isPosition = Array.isArray(values) && values.length === types.length && values.every((value, n) => value === null || (typeof value === 'string' && isValueOf(types[n]!, value)));
  if (isPosition && typeof id === 'string' && isId(id) && check === checksum(list, values, id)) return { values, id };
  throw badInput('after is no cursor of this list. Pass pageInfo.endCursor of its previous page, with the same project, filter, search and orderBy; leave after out when one of them changes.');
}

/** Postgres fails on a value that it cannot read as the column's type. */
function isValueOf(type: ReturnType<typeof positionTypes>[number], value: string): boolean {
  switch (type) {
    case 'timestamptz':
      return /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?[+-]\d\d(:\d\d)?$/.test(value) && !Number.isNaN(Date.parse(value.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')));
    case 'float8':
    case 'int4':
      return value.trim() !== '' && !Number.isNaN(Number(value));
    case 'text':
      return !value.includes('\0');
    case 'run_status':
      return (runStatus.enumValues as readonly string[]).includes(value);
    case 'run_kind':
      return (runKind.enumValues as readonly string[]).includes(value);
    case 'run_end_reason':
      return (runEndReason.enumValues as readonly string[]).includes(value);
  }
}
