import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Database } from '@thaw/db';
import { createTestDatabase, type TestDatabase } from '@thaw/db/testing';
import { createClient } from 'graphql-ws';
import pino from 'pino';
import WebSocket from 'ws';
import { type Env, parseEnv } from './env';
import type { Services } from './context';
import { iterate } from './notify/iterate';
import { startApi } from './start-api';

// Answers come as JSON; a test says what it expects of them.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Answer = any;

export interface TestApi {
  /** http://127.0.0.1:port */
  url: string;
  /** A folder of its own, removed at the end. */
  home: string;
  /** For rows that no mutation makes; the API has connections of its own. */
  db: Database;
  /** What lives as long as the API, for what cannot be seen from outside. */
  services: Services;
  /** Another API on the same database and home, as a second replica; end it before this one. */
  replica(): Promise<TestApi>;
  /** The data of a query; fails with the query and the answer when that has errors. */
  gql(query: string, variables?: Record<string, unknown>): Promise<Answer>;
  /** The whole answer, errors and all. */
  post(body: unknown, headers?: Record<string, string>): Promise<{ status: number; body: Answer }>;
  /** The events of a subscription over graphql-ws, as they come. */
  subscribe(query: string, variables?: Record<string, unknown>): AsyncGenerator<Answer, void, void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** The real API in this process, on a free port, with an empty migrated database. */
export async function startTestApi(variables: Partial<Record<keyof Env, string>> = {}): Promise<TestApi> {
  const database = await createTestDatabase();
  const home = await mkdtemp(path.join(tmpdir(), 'thaw-api-test-'));
  const api = await startOn(database, home, variables);
  return {
    ...api,
    async [Symbol.asyncDispose]() {
      await api[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
      await rm(home, { recursive: true, force: true });
    },
  };
}

async function startOn(database: TestDatabase, home: string, variables: Partial<Record<keyof Env, string>>): Promise<TestApi> {
  const env = parseEnv({ PORT: '0', DATABASE_URL: database.url, THAW_HOME: home, ...variables });
  const log = pino({ level: process.env.LOG_LEVEL ?? 'silent' });
  const api = await startApi(env, log);
  const sockets = createClient({ url: `${api.url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0 });

  const post: TestApi['post'] = async (body, headers = {}) => {
    const response = await fetch(`${api.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });
    return { status: response.status, body: await response.json() };
  };

  return {
    url: api.url,
    home,
    db: database.db,
    services: api.services,
    replica: () => startOn(database, home, variables),
    post,
    async gql(query, values) {
      const { body } = await post({ query, variables: values });
      if (body.errors) throw new Error(`${query}\n${JSON.stringify(values)}\nanswered\n${JSON.stringify(body, null, 2)}`);
      return body.data;
    },
    subscribe(query, values) {
      const results = sockets.iterate({ query, variables: values });
      return iterate(async () => {
        const { value, done } = await results.next();
        if (done) return null;
        if (value.errors) throw new Error(`${query}\nanswered\n${JSON.stringify(value.errors, null, 2)}`);
        return { value: value.data };
      }, () => void results.return?.());
    },
    async [Symbol.asyncDispose]() {
      await sockets.dispose();
      await api.stop();
    },
  };
}
