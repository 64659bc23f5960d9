import { and, sql, type SQL } from 'drizzle-orm';
import { conjuncts } from './run-candidates';
import { type Bounds, dateTests, type DateTests, isGiven, numberTests, type NumberTests, type RunFilter } from './run-filter';
import type { OrderPlan, RunOrder } from './run-order';

const dateOf: Partial<Record<RunOrder['field'], 'createdAt' | 'startedAt' | 'endedAt'>> = { CREATED_AT: 'createdAt', STARTED_AT: 'startedAt', ENDED_AT: 'endedAt' };
const opposite = { gt: 'lte', gte: 'lt', lt: 'gte', lte: 'gt' } as const;

/**
 * A condition on the very value an order goes by says where in the order to begin and to end: walking there from the
 * far end would pass all that does not match.
 */
export function narrowOrder(plan: OrderPlan, order: RunOrder, filter: RunFilter): OrderPlan {
  const [first, ...rest] = plan.segments ?? [];
  const value = first?.values[0];
  if (!value) return plan;
  const bounds: (SQL | undefined)[] = [];
  let holdsForMissing = true;
  for (const part of conjuncts(filter)) {
    const tests = testsOf(order, part);
    const denied = part.not ? invert(testsOf(order, part.not)) : null;
    if (tests) holdsForMissing = false;
    bounds.push(...testsToSql(value, order, tests), ...testsToSql(value, order, denied));
  }
  const where = and(...bounds);
  if (!where) return plan;
  const narrowed = { ...first!, parts: first!.parts.map((part) => ({ ...part, where: sql`${part.where} and ${where}` })) };
  return { ...plan, segments: holdsForMissing ? [narrowed, ...rest] : [narrowed] };
}

type Tests = NumberTests | DateTests;

function testsToSql(value: SQL, { field }: RunOrder, tests: Tests | null): (SQL | undefined)[] {
  if (!tests) return [];
  return dateOf[field] ? dateTests(value, tests as DateTests) : numberTests(value, tests as NumberTests);
}

/** Tests of this part that hold for no run without the value. */
function testsOf(order: RunOrder, part: RunFilter): Tests | null {
  const date = dateOf[order.field];
  if (date) return limits(part[date], ['after', 'before']);
  if (order.field === 'METRIC') return part.metric?.key === order.key && (part.metric.stat ?? 'LAST') === order.stat ? limits(part.metric, ['gt', 'gte', 'lt', 'lte', 'eq']) : null;
  if (order.field === 'CONFIG' && part.config?.key === order.key) return limits(part.config, ['gt', 'gte', 'lt', 'lte']);
  return null;
}

function limits(tests: object | null | undefined, names: readonly string[]): Tests | null {
  const given = Object.entries(tests ?? {}).filter(([name, value]) => names.includes(name) && isGiven(value));
  return given.length > 0 ? (Object.fromEntries(given) as Tests) : null;
}

/** Of a single limit; of several either may be the one that does not hold. */
function invert(tests: Tests | null): Bounds | null {
  const entries = Object.entries(tests ?? {});
  const [name, limit] = entries[0] ?? [];
  return entries.length === 1 && name! in opposite ? { [opposite[name as keyof typeof opposite]]: limit } : null;
}
