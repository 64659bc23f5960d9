import { jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { createdAt, id, moment } from './columns';

export const trainer = pgTable('trainer', {
  id: id(),
  name: text().notNull().unique(),
  backend: text().notNull(),
  environment: jsonb().$type<Record<string, unknown>>(),
  lastSeenAt: moment().notNull().defaultNow(),
  createdAt: createdAt(),
});

export type TrainerRow = typeof trainer.$inferSelect;
