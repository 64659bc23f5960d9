import type { ClientBase } from 'pg';
import type { Executor } from '../../connect';

export type Client = Pick<ClientBase, 'query'>;

/** A statement that runs thousands of times a second: prepared once per connection, under its name. */
export async function ask<Row extends unknown[]>(client: Client, name: string, text: string, values: unknown[]): Promise<Row[]> {
  return (await client.query<Row>({ name, text: `/* ${name} */ ${text}`, values, rowMode: 'array' })).rows;
}

/** The connection that a transaction of drizzle's holds. */
export const clientOf = (tx: Executor): Client => (tx as unknown as { session: { client: Client } }).session.client;

/** As an array parameter: numbers and ids need no quotes. */
export const list = (values: readonly (number | string | null)[]): string => `{${values.map((value) => value ?? 'NULL').join(',')}}`;
