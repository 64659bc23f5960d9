import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { findFreePort } from '@thaw/db/embedded';
import { start, type RunningStack } from '../stack/running-stack';
import { kill, processesOf } from './processes';

/** How long an API that was killed may be away before that is a failure of its own. */
const patienceMs = 120_000;

/** What `npm start` runs, on a home and a port of its own, with its database open to look into. */
export class Installation {
  readonly #stacks: RunningStack[] = [];

  private constructor(readonly home: string, readonly port: number, readonly env: Record<string, string>) {}

  /** On an empty home. */
  static async make(env: Record<string, string>): Promise<Installation> {
    return new Installation(mkdtempSync(path.join(tmpdir(), 'thaw-faults-')), await findFreePort(null), env);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Where executors note what they execute. */
  get journal(): string {
    return path.join(this.logs, 'executions.jsonl');
  }

  get logs(): string {
    return path.join(this.home, 'logs');
  }

  /** For the first time, or after everything was killed. */
  async start(): Promise<void> {
    this.#stacks.push(await start(this.home, this.port, { env: { ...this.env, THAW_EXECUTION_JOURNAL: this.journal } }));
  }

  /** Ctrl-C, and its exit code. */
  stop(): Promise<number | null> {
    return this.#stacks.at(-1)!.interrupt();
  }

  /** Of all its supervisors. */
  get supervisorOutput(): string {
    return this.#stacks.map((stack) => stack.output()).join('--- started again\n');
  }

  /** Whatever still runs of it. */
  end(): void {
    for (const { pid } of processesOf(this.home)) kill(pid);
  }

  remove(): void {
    this.end();
    rmSync(this.home, { recursive: true, force: true, maxRetries: 5 });
  }

  /** The data of an operation that may be sent again; through outages. Throws on anything else that is wrong. */
  async gql<Data>(query: string, variables: Record<string, unknown> = {}): Promise<Data> {
    for (const deadline = Date.now() + patienceMs; ; await sleep(250)) {
      const answer = await fetch(`${this.url}/graphql`, {
        method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query, variables }), signal: AbortSignal.timeout(20_000),
      }).then(async (response) => ({ status: response.status, body: await response.text() }), (error: Error) => ({ status: 0, body: error.message }));
      const parsed = parse<Data>(answer.body);
      if (parsed?.data && !parsed.errors) return parsed.data;
      const passing = !parsed || answer.status >= 500 || parsed.errors?.every(({ extensions }) => extensions?.code === 'INTERNAL_SERVER_ERROR');
      if (!passing || Date.now() > deadline) throw new Error(`${query}\n${JSON.stringify(variables)}\nanswered with ${answer.status}: ${answer.body.slice(0, 2000)}`);
    }
  }

  /** Rows straight from Postgres, past the API; a connection for each question, since the server may be killed at any moment. */
  async sql<Row extends pg.QueryResultRow>(query: string, values: unknown[] = []): Promise<Row[]> {
    for (const deadline = Date.now() + patienceMs; ; await sleep(100)) {
      const rows = await this.trySql<Row>(query, values);
      if (rows) return rows;
      if (Date.now() > deadline) throw new Error(`Postgres did not answer within ${patienceMs / 1000} s: ${query}`);
    }
  }

  /** null when Postgres is away. */
  async trySql<Row extends pg.QueryResultRow>(query: string, values: unknown[] = []): Promise<Row[] | null> {
    const client = new pg.Client({ connectionString: this.#databaseUrl(), connectionTimeoutMillis: 5_000 });
    client.on('error', () => {});
    try {
      await client.connect();
      // Several statements at once answer no rows.
      return (await client.query<Row>(query, values)).rows ?? [];
    } catch (error) {
      // Class 57: shutting down or starting; 08 and no code at all: the connection broke. Anything else is our mistake.
      const { code } = error as { code?: string };
      if (code === undefined || /^(57|08|E)/.test(code)) return null;
      throw error;
    } finally {
      await client.end().catch(() => {});
    }
  }

  #databaseUrl(): string {
    const read = (file: string) => readFileSync(path.join(this.home, 'postgres', file), 'utf8').trim();
    return `postgres://thaw:${encodeURIComponent(read('data/thaw-password'))}@127.0.0.1:${read('port')}/thaw`;
  }
}

function parse<Data>(text: string): { data?: Data | null; errors?: { message: string; extensions?: { code?: string } }[] } | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' ? (parsed as { data?: Data }) : null;
  } catch {
    return null;
  }
}
