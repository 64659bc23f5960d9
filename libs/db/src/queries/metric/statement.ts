import type { Writable } from 'node:stream';
import type { ClientBase } from 'pg';

export type Client = Pick<ClientBase, 'query'>;

/** A statement that runs thousands of times a second: prepared once per connection, under its name. */
export async function ask<Row extends unknown[]>(client: Client, name: string, text: string, values: unknown[]): Promise<Row[]> {
  return (await client.query<Row>({ name, text: `/* ${name} */ ${text}`, values, rowMode: 'array' })).rows;
}

/** As an array parameter: numbers and ids need no quotes. */
export const list = (values: readonly (number | string | null)[]): string => `{${values.map((value) => value ?? 'NULL').join(',')}}`;

type Answers<Promises> = Promise<{ -readonly [Index in keyof Promises]: Awaited<Promises[Index]> }>;

/** Like Promise.all, but waits for every one: nothing of a failed transaction may still be under way. */
export async function all<Promises extends readonly Promise<unknown>[] | []>(promises: Promises): Answers<Promises> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}

/** On a pipelined connection: statements that do not need each other's answers leave in one packet. */
export function together<Promises extends readonly Promise<unknown>[] | []>(client: Client, send: () => Promises): Answers<Promises> {
  const { stream } = (client as unknown as { connection: { stream: Writable } }).connection;
  stream.cork();
  try {
    return all(send());
  } finally {
    stream.uncork();
  }
}

/** While work goes on, statements do not wait for each other's answers: for the time of one transaction. */
export async function pipelined<Result>(client: object, work: () => Promise<Result>): Promise<Result> {
  Object.assign(client, { pipeline: true });
  try {
    return await work();
  } finally {
    Object.assign(client, { pipeline: false });
  }
}
