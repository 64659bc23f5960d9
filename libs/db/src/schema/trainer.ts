import { sql } from 'drizzle-orm';
import { bigint, boolean, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { createdAt, id, moment } from './columns';

/** A GPU, or what else a trainer computes on. */
export interface TrainerDevice {
  name: string;
  /** null: not known. */
  memoryBytes: number | null;
}

export const trainer = pgTable('trainer', {
  id: id(),
  name: text().notNull().unique(),
  backend: text().notNull(),
  /** What it says of itself, its backend, and gpu when that computes on one. */
  labels: text().array().notNull().default(sql`'{}'`),
  /** Of the machine; null: not told. */
  memoryBytes: bigint({ mode: 'number' }),
  /** Runs it works on at a time. */
  slots: integer().notNull().default(1),
  devices: jsonb().$type<TrainerDevice[]>().notNull().default([]),
  environment: jsonb().$type<Record<string, unknown>>(),
  /** It gets no more runs until somebody resumes it, even when it starts again. */
  drainingAt: moment(),
  /** While it drains: the runs it has are handed back too. */
  handBack: boolean().notNull().default(false),
  lastSeenAt: moment().notNull().defaultNow(),
  /** It said goodbye; null again once it registers. */
  stoppedAt: moment(),
  createdAt: createdAt(),
});

export type TrainerRow = typeof trainer.$inferSelect;
