import http from 'node:http';
import https from 'node:https';
import { pipeline } from 'node:stream/promises';
import type { Readable } from 'node:stream';
import { ApiUnreachable } from './failures';

export interface HttpRequest {
  method: 'GET' | 'HEAD' | 'POST';
  headers?: Record<string, string>;
  /** A function, so that a retry can open its stream again. */
  body?: Uint8Array | (() => Readable);
  signal?: AbortSignal;
  /** Longest silence on the socket, in milliseconds. */
  silenceMs?: number;
}

/** node:http and not fetch: an import may keep the server busy for longer than fetch waits for headers. */
export class HttpConnection {
  readonly #module: typeof http | typeof https;
  readonly #agent: http.Agent;

  constructor(readonly base: string, readonly token?: string) {
    const secure = new URL(base).protocol === 'https:';
    this.#module = secure ? https : http;
    // An idle connection is closed here before the server (75 s) closes it under a request that is just being sent.
    this.#agent = new (secure ? https : http).Agent({ keepAlive: true, maxSockets: 16, timeout: 30_000 });
  }

  /** The response's head; its body is still to be read. Rejects with ApiUnreachable when there is none. */
  async send(path: string, { method, headers = {}, body, signal, silenceMs = 60_000 }: HttpRequest): Promise<http.IncomingMessage> {
    const url = new URL(this.base + path);
    const request = this.#module.request(url, {
      method,
      agent: this.#agent,
      signal,
      headers: { ...headers, ...(this.token ? { authorization: `Bearer ${this.token}` } : {}) },
    });
    request.setTimeout(silenceMs, () => request.destroy(new Error(`no answer within ${Math.round(silenceMs / 1000)} s`)));
    const response = new Promise<http.IncomingMessage>((resolve, reject) => {
      request.once('response', resolve);
      // Stays on: a socket that fails after the response must not crash the process.
      request.on('error', reject);
    });
    try {
      if (typeof body === 'function') {
        // The server may refuse before it has read everything; then its answer says why, not the broken pipe.
        const sent = pipeline(body(), request);
        sent.catch(() => {});
        const refused = response.then((answer) => answer);
        return await Promise.race([refused, sent.then(() => refused, (error) => Promise.race([refused, rejectSoon(error)]))]);
      }
      request.end(body);
      return await response;
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      throw new ApiUnreachable(this.base, error);
    }
  }

  async read(path: string, request: HttpRequest): Promise<{ status: number; headers: http.IncomingHttpHeaders; text: string }> {
    const response = await this.send(path, request);
    try {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk as Buffer);
      return { status: response.statusCode ?? 0, headers: response.headers, text: Buffer.concat(chunks).toString('utf8') };
    } catch (error) {
      if (request.signal?.aborted) throw request.signal.reason;
      throw new ApiUnreachable(this.base, error);
    }
  }

  close(): void {
    this.#agent.destroy();
  }
}

const rejectSoon = (error: unknown) => new Promise<never>((_, reject) => setTimeout(reject, 200, error));
