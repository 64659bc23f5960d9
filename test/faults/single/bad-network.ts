import { once } from 'node:events';
import http from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RandomStream } from '../random';

/**
 * What may befall a request.
 * late: it, and its answer, take their time. lost: it never arrives. unanswered: it is carried out, and the answer is lost.
 * half-asked: the connection breaks in the middle of its body. half-answered: … in the middle of its answer.
 * twice: it arrives twice. silent: it arrives nowhere, and the connection stays open.
 */
export type NetworkFault = 'late' | 'lost' | 'unanswered' | 'half-asked' | 'half-answered' | 'twice' | 'silent';

const weights: Record<NetworkFault | 'none', number> = { none: 64, late: 10, lost: 5, unanswered: 6, 'half-asked': 5, 'half-answered': 5, twice: 4, silent: 1 };

interface Call {
  method: string;
  path: string;
  headers: http.IncomingHttpHeaders;
  body: Buffer;
}

interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: Buffer;
}

/** A network between a trainer and the API at `target` that behaves badly, the same way for the same seed. */
export class BadNetwork implements AsyncDisposable {
  readonly #server: http.Server;
  readonly #sockets = new Set<Socket>();
  readonly befell: Record<NetworkFault, number> = { late: 0, lost: 0, unanswered: 0, 'half-asked': 0, 'half-answered': 0, twice: 0, silent: 0 };
  /** From now on nothing gets through, and connections stay open. */
  cutOff = false;

  private constructor(readonly target: URL, readonly random: RandomStream) {
    this.#server = http.createServer((request, response) => void this.#pass(request, response).catch(() => response.destroy()));
    this.#server.on('upgrade', (request: http.IncomingMessage, socket: Socket, head: Buffer) => this.#upgrade(request, socket, head));
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket)).on('error', () => {});
    });
  }

  static async start(target: string, random: RandomStream): Promise<BadNetwork> {
    const network = new BadNetwork(new URL(target), random);
    network.#server.listen(0, '127.0.0.1');
    await once(network.#server, 'listening');
    return network;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    if (this.#server.listening) await once(this.#server, 'close');
  }

  async #pass(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const call: Call = { method: request.method!, path: request.url!, headers: request.headers, body: Buffer.concat(chunks) };
    if (this.cutOff) return;
    const fault = this.random.choose(weights);
    if (fault !== 'none') this.befell[fault]++;
    switch (fault) {
      case 'late':
        await sleep(this.random.between(50, 2_000));
        send(response, await this.#ask(call));
        return;
      case 'lost':
        return void request.socket.destroy();
      case 'unanswered':
        await this.#ask(call);
        return void request.socket.destroy();
      case 'half-asked':
        await this.#askHalf(call);
        return void request.socket.destroy();
      case 'half-answered': {
        const { status, headers, body } = await this.#ask(call);
        response.writeHead(status, { ...headers, 'content-length': body.length });
        response.write(body.subarray(0, Math.floor(body.length / 2)), () => request.socket.destroy());
        return;
      }
      case 'twice': {
        const [, second] = await Promise.all([this.#ask(call), this.#ask(call)]);
        return send(response, second);
      }
      case 'silent':
        return;
      case 'none':
        return send(response, await this.#ask(call));
    }
  }

  #ask({ method, path, headers, body }: Call): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const request = http.request(new URL(path, this.target), { method, headers: { ...headers, connection: 'close' } }, async (response) => {
        const chunks: Buffer[] = [];
        try {
          for await (const chunk of response) chunks.push(chunk as Buffer);
          resolve({ status: response.statusCode!, headers: response.headers, body: Buffer.concat(chunks) });
        } catch (error) {
          reject(error as Error);
        }
      });
      request.on('error', reject);
      request.end(body);
    });
  }

  /** The API gets half a body, and then the connection breaks. */
  async #askHalf({ method, path, headers, body }: Call): Promise<void> {
    const request = http.request(new URL(path, this.target), { method, headers: { ...headers, connection: 'close', 'content-length': body.length } });
    request.on('error', () => {});
    await new Promise<void>((resolve) => request.write(body.subarray(0, Math.floor(body.length / 2)), () => resolve()));
    await sleep(20);
    request.destroy();
  }

  /** A WebSocket works for a few seconds and breaks. */
  #upgrade(request: http.IncomingMessage, socket: Socket, head: Buffer): void {
    const upstream = connect(Number(this.target.port), this.target.hostname);
    const lines = Object.entries(request.headers).map(([name, value]) => `${name}: ${String(value)}\r\n`);
    upstream.write(`${request.method} ${request.url} HTTP/1.1\r\n${lines.join('')}\r\n`);
    upstream.write(head);
    upstream.pipe(socket).pipe(upstream);
    const end = () => {
      upstream.destroy();
      socket.destroy();
    };
    const timer = setTimeout(end, this.random.between(1_000, 15_000));
    for (const each of [upstream, socket]) each.on('error', end).on('close', () => (clearTimeout(timer), end()));
  }
}

function send(response: http.ServerResponse, { status, headers, body }: Answer): void {
  const { 'transfer-encoding': _, connection: __, ...kept } = headers;
  response.writeHead(status, { ...kept, 'content-length': body.length });
  response.end(body);
}
