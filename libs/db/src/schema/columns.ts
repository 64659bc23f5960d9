import { timestamp, uuid } from 'drizzle-orm/pg-core';
import { uuidv7 } from 'uuidv7';

/** Time-ordered, made by the application so that a row can be named before it is written. */
export const id = () => uuid().primaryKey().$defaultFn(() => uuidv7());

/** Milliseconds, as JavaScript's Date holds them, so that a cursor made from a row finds that row again. */
export const moment = () => timestamp({ withTimezone: true, precision: 3 });

export const createdAt = () => moment().notNull().defaultNow();
