import { setTimeout as sleep } from 'node:timers/promises';
import { createClient as createSocketClient, type Client as SocketClient } from 'graphql-ws';
import WebSocket from 'ws';
import { withBackoff, type Patience } from './backoff';
import { Backups } from './backups/backups';
import { BlobStore } from './blobs/blob-store';
import { ApiFault, ApiUnreachable, type GraphqlError } from './failures';
import type { TypedDocumentString } from './generated/graphql';
import { HttpConnection } from './http';
import { serverClockOf, type ServerClock } from './server-clock';

export interface ClientOptions {
  /** Address of the API, such as http://127.0.0.1:4000. */
  url: string;
  token?: string;
  /** How long calls that may be repeated go on when the API is away, in milliseconds. */
  retryForMs?: number;
  /** Ends every call and every pause between attempts. */
  signal?: AbortSignal;
  onRetry?: Patience['onRetry'];
}

export interface RequestOptions {
  /** Queries always may be repeated; of a mutation only its caller knows. */
  idempotent?: boolean;
  retryForMs?: number;
  signal?: AbortSignal;
  onRetry?: Patience['onRetry'];
  /** Longest silence before the call counts as failed, in milliseconds. */
  silenceMs?: number;
}

export interface GraphqlAnswer<T> {
  data?: T | null;
  errors?: readonly GraphqlError[];
}

/** An API that answers, but with a fault, is given this long at most: a fault may be a bug that never passes. */
const faultPatienceMs = 60_000;

export class Client {
  readonly url: string;
  readonly blobs: BlobStore;
  readonly backups: Backups;
  readonly clock: ServerClock;
  readonly #options: ClientOptions;
  readonly #http: HttpConnection;
  #socket: SocketClient | undefined;

  constructor(options: ClientOptions) {
    this.url = options.url.replace(/\/+$/, '');
    this.#options = options;
    this.clock = serverClockOf(this.url);
    this.#http = new HttpConnection(this.url, options.token);
    this.backups = new Backups(this.#http);
    this.blobs = new BlobStore(this.#http, this.#patience({}));
  }

  /** The data of one typed operation. Expected failures are in its `userErrors`; everything else is thrown. */
  async request<Data, Variables>(document: TypedDocumentString<Data, Variables>, variables: Variables, options: RequestOptions = {}): Promise<Data> {
    const query = document.toString();
    const idempotent = options.idempotent ?? /^\s*query\b/.test(query);
    const patience = this.#patience(options);
    return withBackoff(
      async () => {
        const answer = await this.raw<Data>(query, variables as Record<string, unknown>, options);
        if (answer.errors?.length || answer.data == null) throw faultOf(answer);
        return answer.data;
      },
      outageOf(idempotent),
      patience,
    );
  }

  /** One attempt, and the GraphQL answer as it came, errors included. */
  async raw<Data>(query: string, variables?: Record<string, unknown>, options: RequestOptions = {}): Promise<GraphqlAnswer<Data>> {
    const sentAt = Date.now();
    const { status, headers, text } = await this.#http.read('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: Buffer.from(JSON.stringify({ query, variables })),
      signal: this.#patience(options).signal,
      silenceMs: options.silenceMs,
    });
    const answer = parseAnswer<Data>(text);
    if (answer) {
      this.clock.hear(headers.date, sentAt, Date.now());
      return answer;
    }
    const start = text.trim().slice(0, 120).replace(/\s+/g, ' ');
    throw new ApiFault(`What answers at ${this.url}/graphql is not a Thaw API (HTTP ${status}: ${start || 'empty'}). Check THAW_URL.`, 'NOT_GRAPHQL', status);
  }

  /**
   * Calls `onData` for every event until the returned function is called. A subscription is a hint: events may be lost
   * while the connection is down, so its caller polls too. It reconnects for ever and never throws; `onConnected` is
   * told each time, which is the moment to look again.
   */
  subscribe<Data, Variables>(document: TypedDocumentString<Data, Variables>, variables: Variables, onData: (data: Data) => void, onConnected?: () => void): () => void {
    this.#socket ??= this.#openSocket();
    const forget = onConnected ? this.#socket.on('connected', onConnected) : undefined;
    const stop = this.#socket.subscribe<Data>(
      { query: document.toString(), variables: variables as Record<string, unknown> },
      { next: ({ data }) => { if (data) onData(data); }, error: () => {}, complete: () => {} },
    );
    return () => {
      forget?.();
      stop();
    };
  }

  /** Lets go of every connection, so that a process with nothing else to do ends. */
  async close(): Promise<void> {
    this.#http.close();
    // A socket that waits to reconnect says nothing and keeps nothing alive: without a timer the process would end here.
    const patience = new AbortController();
    // It rejects when the attempt under way fails, which is no matter any more.
    const disposed = Promise.resolve(this.#socket?.dispose()).catch(() => {});
    await Promise.race([disposed, sleep(1_000, undefined, { signal: patience.signal }).catch(() => {})]);
    patience.abort();
  }

  #openSocket(): SocketClient {
    return createSocketClient({
      url: `${this.url.replace(/^http/, 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: this.#options.token ? { authorization: `Bearer ${this.#options.token}` } : undefined,
      keepAlive: 10_000,
      retryAttempts: Infinity,
      shouldRetry: () => true,
      // A subscription alone must not keep a process alive, hence unref.
      retryWait: (retries) => new Promise((resolve) => setTimeout(resolve, Math.min(5_000, 250 * 2 ** Math.min(retries, 5))).unref()),
    });
  }

  #patience(call: RequestOptions): Patience {
    const { retryForMs = 2_000, signal, onRetry } = this.#options;
    const signals = [call.signal, signal].filter((each) => each !== undefined);
    return {
      retryForMs: call.retryForMs ?? retryForMs,
      signal: signals.length > 1 ? AbortSignal.any(signals) : signals[0],
      onRetry: call.onRetry ?? onRetry,
    };
  }
}

export const createClient = (options: ClientOptions): Client => new Client(options);

/** Judges the failures of one call, in order: may the next attempt succeed? */
function outageOf(idempotent: boolean): (error: unknown) => boolean {
  let faultySince: number | undefined;
  return (error) => {
    if (error instanceof ApiUnreachable) {
      faultySince = undefined;
      return idempotent || neverSent(error.cause);
    }
    faultySince ??= performance.now();
    if (!idempotent || performance.now() - faultySince > faultPatienceMs) return false;
    return error instanceof ApiFault && ((error.status ?? 0) >= 500 || error.code === 'INTERNAL_SERVER_ERROR');
  };
}

/** A refused connection carried nothing: even a call that must not be made twice may be made again. */
function neverSent(cause: unknown): boolean {
  const causes = cause instanceof AggregateError ? cause.errors : [cause];
  return causes.every((each) => ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'].includes((each as NodeJS.ErrnoException)?.code ?? ''));
}

function faultOf({ errors = [] }: GraphqlAnswer<unknown>): ApiFault {
  const [first] = errors;
  if (!first) return new ApiFault('The API answered with neither data nor errors.', 'NO_DATA');
  const lines = errors.map(({ message, path }) => (path ? `${message} (at ${path.join('.')})` : message));
  return new ApiFault(lines.join('\n'), first.extensions?.code ?? 'UNKNOWN');
}

function parseAnswer<Data>(text: string): GraphqlAnswer<Data> | null {
  try {
    const answer = JSON.parse(text) as GraphqlAnswer<Data>;
    return answer && typeof answer === 'object' && ('data' in answer || Array.isArray(answer.errors)) ? answer : null;
  } catch {
    return null;
  }
}
