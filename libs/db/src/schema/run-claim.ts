import { sql } from 'drizzle-orm';
import { index, integer, pgEnum, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { moment } from './columns';
import { run } from './run';
import { trainer } from './trainer';

/** How a claim ended. SETTLED: the run ended with it. RELEASED, PAUSED: handed back. EXPIRED: its trainer fell silent. CRASHED: its executor died. CANCELLED: the run ended because somebody asked for it. */
export const claimOutcome = pgEnum('claim_outcome', ['SETTLED', 'RELEASED', 'PAUSED', 'EXPIRED', 'CRASHED', 'CANCELLED']);

/** Who worked on a run, and when: written in the transactions that give a run to a trainer and take it away. */
export const runClaim = pgTable(
  'run_claim',
  {
    runId: uuid().notNull().references(() => run.id, { onDelete: 'cascade' }),
    /** run.claims of this claim, from 1. */
    number: integer().notNull(),
    /** run.attempt of this claim. */
    attempt: integer().notNull(),
    /** The lease token. */
    token: text().notNull(),
    trainerId: uuid().notNull().references(() => trainer.id, { onDelete: 'cascade' }),
    startedAt: moment().notNull().default(sql`clock_timestamp()`),
    endedAt: moment(),
    outcome: claimOutcome(),
    /** What happened, for people. */
    reason: text(),
  },
  (table) => [
    primaryKey({ columns: [table.runId, table.number] }),
    uniqueIndex('run_claim_token').on(table.token),
    // Postgres itself refuses that two trainers have a run at the same time.
    uniqueIndex('run_claim_current').on(table.runId).where(sql`${table.endedAt} is null`),
    index('run_claim_by_trainer').on(table.trainerId, table.startedAt, table.runId),
  ],
);

export type RunClaimRow = typeof runClaim.$inferSelect;
export type ClaimOutcome = NonNullable<RunClaimRow['outcome']>;
