import { and, eq, sql, type SQL } from 'drizzle-orm';
import { isId } from '../../id';
import { run } from '../../schema';

/** A trainer that is silent for this long has lost its run; it sends a heartbeat every 5 s. */
export const leaseSeconds = 30;

/** Lease times are Postgres's own, so that the clocks of replicas do not matter. */
export const leaseEnd = sql`now() + ${leaseSeconds} * interval '1 second'`;

/** In every write that ends a claim. A trainer that fell silent had the run until its lease ended, however late that is noticed. */
export const stopCounting = {
  workedSeconds: sql`greatest(0, extract(epoch from least(now(), ${run.leaseExpiresAt}) - coalesce(${run.countsFrom}, ${run.startedAt})))::float8`,
  countsFrom: null,
};

/** Holds only for the trainer whose claim is the current one. */
export function holdsLease(runId: string, leaseToken: string): SQL {
  if (!isId(runId)) return sql`false`;
  return and(eq(run.id, runId), eq(run.leaseToken, leaseToken), eq(run.status, 'RUNNING'))!;
}
