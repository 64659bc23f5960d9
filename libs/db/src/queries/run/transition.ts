import { type Guard, mostLostInARow, type RunEvent, type RunStatus, type Transition, transitions, type Wish, wishes } from '@thaw/run-states';
import { sql, type SQL } from 'drizzle-orm';
import { run } from '../../schema';
import { stopCounting } from './lease';

/** What @thaw/run-states says, as SQL over the run's row: `case` picks the first transition whose guard holds. */

const guards: Record<Guard, SQL> = {
  cancelWished: sql`${run.cancelRequestedAt} is not null`,
  pauseWished: sql`${run.pauseRequestedAt} is not null`,
  lostTooOften: sql`${run.lostInARow} + 1 >= ${sql.raw(String(mostLostInARow))}`,
};

const columns = { cancel: run.cancelRequestedAt, pause: run.pauseRequestedAt, finish: run.finishRequestedAt } as const;

const text = (value: string) => sql.raw(`'${value}'`);
const of = (event: RunEvent) => transitions.filter((each) => each.event === event);
const applies = ({ kind, from, when }: Transition): SQL => sql`(${run.kind} = ${text(kind)} and ${run.status} = ${text(from)}${when ? sql` and ${guards[when]}` : sql``})`;

/** The event may happen to the run as it is. */
export const mayHappen = (event: RunEvent): SQL => sql`(${sql.join(of(event).map(applies), sql` or `)})`;

/** A value for each transition of the event; null where it has none. */
function byTransition(event: RunEvent, valueOf: (transition: Transition) => SQL | null): SQL {
  const cases = of(event).map((each) => sql`when ${applies(each)} then ${valueOf(each) ?? sql`null`}`);
  return sql`case ${sql.join(cases, sql` `)} end`;
}

const endings: Partial<Record<RunStatus, SQL>> = { CANCELLED: text('CANCELLED') };

/**
 * Columns that every event sets: status, wishes, and for a run that ends also when and why. failure: the reason where the
 * event itself makes a run FAILED. settle has an outcome of its own and does not come here.
 */
export function take(event: Exclude<RunEvent, 'settle' | 'finish' | 'claim'>, { failure = sql`null` as SQL, error = sql`null` as SQL } = {}) {
  const leaves = of(event).some(({ from, to }) => from === 'RUNNING' && to !== 'RUNNING');
  return {
    status: sql`(${byTransition(event, ({ to }) => text(to))})::run_status`,
    endReason: sql`(${byTransition(event, ({ to }) => (to === 'FAILED' ? failure : (endings[to] ?? null)))})::run_end_reason`,
    endedAt: sql`(${byTransition(event, ({ to }) => (to === 'CANCELLED' || to === 'FAILED' ? sql`now()` : null))})::timestamptz`,
    ...Object.fromEntries(wishes.flatMap((wish) => wishColumn(event, wish))),
    ...(leaves
      ? {
          error: byTransition(event, ({ to }) => (to === 'FAILED' ? error : sql`${run.error}`)),
          ...stopCounting,
          // Who had it last stays with a run that has ended.
          trainerId: sql`(${byTransition(event, ({ to }) => (to === 'CANCELLED' || to === 'FAILED' ? sql`${run.trainerId}` : null))})::uuid`,
          leaseToken: null,
          leaseExpiresAt: null,
          phase: null,
          attempt: sql`${run.attempt} + ${byTransition(event, ({ loses, to }) => sql.raw(loses && to !== 'FAILED' && to !== 'CANCELLED' ? '1' : '0'))}`,
          lostInARow: sql`${run.lostInARow} + ${byTransition(event, ({ loses }) => sql.raw(loses ? '1' : '0'))}`,
        }
      : {}),
  };
}

/** Noted once: repeating a wish does not make it younger. */
function wishColumn(event: RunEvent, wish: Wish): [string, SQL][] {
  const own = of(event);
  if (!own.some(({ wishes: wished, forgets }) => wished === wish || forgets === wish)) return [];
  const column = columns[wish];
  const value = byTransition(event, (each) => (each.wishes === wish ? sql`coalesce(${column}, now())` : each.forgets === wish ? null : sql`${column}`));
  // A branch that is null everywhere has no type of its own.
  return [[`${wish}RequestedAt`, sql`(${value})::timestamptz`]];
}
