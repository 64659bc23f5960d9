import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  /** Byte for byte as it came: what the signature is about. */
  body: string;
}

export interface Receiver extends AsyncDisposable {
  url: string;
  received: Received[];
  /** How it answers; until this is set, 204. */
  answer(reply: (response: ServerResponse, message: Received) => void): void;
}

/** A server that takes webhooks, and keeps what it took. */
export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  let reply: Parameters<Receiver['answer']>[0] = (response) => response.writeHead(204).end();
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const message = { path: request.url!, headers: request.headers, body: Buffer.concat(chunks).toString() };
    received.push(message);
    reply(response, message);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    answer: (next) => (reply = next),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
