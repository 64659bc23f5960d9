import { sql } from 'drizzle-orm';
import { type AnyPgColumn, bigint, doublePrecision, index, integer, jsonb, pgEnum, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { runKinds, runStatuses } from '@thaw/run-states';
import type { MetricNumber } from '@thaw/series';
import { backbone } from './backbone';
import { createdAt, id, moment } from './columns';
import { datasetVersion } from './dataset';
import { project } from './project';
import { trainer } from './trainer';

export const runStatus = pgEnum('run_status', runStatuses);
/** MANAGED: queued here and run by a trainer. EXTERNAL: logged by a script. */
export const runKind = pgEnum('run_kind', runKinds);
export const runEndReason = pgEnum('run_end_reason', ['COMPLETED', 'EARLY_STOPPED', 'CANCELLED', 'ERROR', 'OUT_OF_MEMORY', 'TRAINER_LOST']);

const inSight = ({ deletedAt }: { deletedAt: AnyPgColumn }) => sql`${deletedAt} is null`;

export const run = pgTable(
  'run',
  {
    id: id(),
    projectId: uuid().notNull().references(() => project.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    kind: runKind().notNull().default('MANAGED'),
    status: runStatus().notNull().default('QUEUED'),
    endReason: runEndReason(),
    /** Of a managed run whole and valid (libs/config filled in the defaults); of an external one whatever its script says. */
    config: jsonb().notNull().$type<Record<string, unknown>>(),
    /** null only for external runs, as is backboneId. */
    datasetVersionId: uuid().references(() => datasetVersion.id),
    backboneId: uuid().references(() => backbone.id),
    /** The run this one was cloned from. */
    parentRunId: uuid().references((): AnyPgColumn => run.id, { onDelete: 'set null' }),
    tags: text().array().notNull().default(sql`'{}'`),
    notes: text(),
    /** Higher is claimed first. */
    priority: integer().notNull().default(0),
    /** A trainer that takes it has all of these. */
    requiredLabels: text().array().notNull().default(sql`'{}'`),
    /** GiB of memory that a trainer which takes it has, and has free; 0: any. */
    requiredMemory: doublePrecision().notNull().default(0),
    /** The one trainer that may take it, by name; empty: any. */
    requiredTrainer: text().notNull().default(''),
    /** From 1; a lease that expires or an executor that crashes starts the next one, a trainer that hands the run back does not. */
    attempt: integer().notNull().default(1),
    /** Trainers and executors lost since it last made progress (a checkpoint further than before): mostLostInARow end it. */
    lostInARow: integer().notNull().default(0),
    /** How often a trainer has taken it; metrics of a later claim replace those of earlier ones. */
    claims: integer().notNull().default(0),
    error: text(),
    backend: text(),
    environment: jsonb().$type<Record<string, unknown>>(),
    gitCommit: text(),
    createdAt: createdAt(),
    /** Deleted runs are out of sight; gc removes them for good. */
    deletedAt: moment(),
    /** When it first began; later claims leave it. */
    startedAt: moment(),
    endedAt: moment(),
    /** Of a managed run that a trainer has: its claim's start, less workedSeconds until then, so that its duration is the time since. */
    countsFrom: moment(),
    /** How long trainers have had it, in all its claims; null while one has it, and for external runs, which take from start to end. */
    workedSeconds: doublePrecision(),
    bestEpoch: integer(),
    epochs: integer(),
    phase: text(),
    finalMetrics: jsonb().notNull().default([]).$type<{ key: string; value: MetricNumber }[]>(),
    trainerId: uuid().references(() => trainer.id, { onDelete: 'set null' }),
    /** Fencing: every write of a trainer names the token of its own claim. An ended run keeps its last one, so that settling twice is harmless. */
    leaseToken: text(),
    leaseExpiresAt: moment(),
    /** Wishes, which the trainer learns with its heartbeat; see @thaw/run-states. */
    cancelRequestedAt: moment(),
    pauseRequestedAt: moment(),
    finishRequestedAt: moment(),
    /** sha256 of what createRun was given together with an id: one who creates the run again is told from one who wants the id for another. */
    contentDigest: text(),
    /** The transaction that last changed anything but the lease's end; kept by a trigger, so that who was away can ask what came since. */
    changedIn: bigint({ mode: 'number' }).notNull().default(0),
  },
  (table) => [
    // Lists walk these in their order; only rows in sight are in them, so that an index alone can answer.
    index('run_by_project').on(table.projectId, table.createdAt, table.id).where(inSight(table)),
    index('run_by_name').on(table.projectId, table.name, table.id).where(inSight(table)),
    index('run_by_status').on(table.projectId, table.status, table.id).where(inSight(table)),
    // What is counted, and ordered by now and then: read from here rather than from the rows, which are wide.
    index('run_by_id').on(table.projectId, table.id, table.status, table.kind, table.endReason, table.priority, table.backboneId, table.datasetVersionId, table.trainerId, table.startedAt, table.endedAt, table.countsFrom, table.workedSeconds).where(inSight(table)),
    index('run_by_created_at').on(table.createdAt, table.id).where(inSight(table)),
    index('run_by_started_at').on(table.projectId, table.startedAt, table.id).where(inSight(table)),
    index('run_by_ended_at').on(table.projectId, table.endedAt, table.id).where(inSight(table)),
    index('run_by_duration').on(table.projectId, sql`(coalesce("worked_seconds", extract(epoch from "ended_at" - "started_at")::float8))`, table.id).where(inSight(table)),
    index('run_deleted').on(table.deletedAt).where(sql`${table.deletedAt} is not null`),
    index('run_by_change').on(table.changedIn),
    index('run_by_parent').on(table.parentRunId),
    index('run_by_dataset_version').on(table.datasetVersionId),
    index('run_by_backbone').on(table.backboneId),
    index('run_by_tag').using('gin', table.tags),
    index('run_queue').on(table.priority.desc().nullsFirst(), table.createdAt, table.id).where(sql`${table.status} = 'QUEUED'`),
    // Claiming walks the different demands there are, and takes the first of each that fits: runs that nobody can take are not read.
    index('run_queue_by_demand').on(table.backboneId, table.requiredLabels, table.requiredMemory, table.requiredTrainer, table.priority.desc().nullsFirst(), table.createdAt, table.id).where(sql`${table.status} = 'QUEUED' and ${table.deletedAt} is null`),
    index('run_leases').on(table.leaseExpiresAt).where(sql`${table.status} = 'RUNNING'`),
  ],
);

export type RunRow = typeof run.$inferSelect;
export type RunStatus = RunRow['status'];
export type RunEndReason = NonNullable<RunRow['endReason']>;
