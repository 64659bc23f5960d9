import { CloseCode, type Server } from 'graphql-ws';
import type { Logger } from 'pino';
import type { WebSocket } from 'ws';

/** A client that does not answer a ping until the next one is gone. */
const pingMs = 25_000;
/** Bytes that wait to be sent, beyond which an event is not even written out. */
const calm = 1024 * 1024;
/** Beyond which a client that goes on asking without reading is cut off. */
const overflowing = 16 * 1024 * 1024;

export interface Connection {
  /** Resolves when there is room for another event: what waits is not in memory as text. */
  turn(): Promise<void>;
}

/** One WebSocket under graphql-ws: pings, and limits on what a client that does not read can make us hold. */
export function serveConnection(graphql: Server<Connection>, socket: WebSocket, log: Logger): void {
  const waiting: (() => void)[] = [];
  const admit = () => {
    if (socket.bufferedAmount <= calm || socket.readyState !== socket.OPEN) waiting.shift()?.();
  };

  const closed = graphql.opened(
    {
      protocol: socket.protocol,
      // An error of sending is followed by the close of the socket, which ends its subscriptions.
      send: (data) => new Promise((resolve) => {
        if (socket.readyState !== socket.OPEN) return resolve();
        socket.send(data, () => {
          admit();
          resolve();
        });
      }),
      close: (code, reason) => socket.close(code, reason),
      onMessage: (handle) => socket.on('message', (data) => {
        if (socket.bufferedAmount > overflowing) return socket.terminate();
        handle(String(data)).catch((error: unknown) => {
          log.error({ err: error }, 'a message on a WebSocket could not be handled');
          socket.close(CloseCode.InternalServerError, 'Internal server error');
        });
      }),
    },
    {
      turn: () => new Promise((resolve) => {
        if (socket.bufferedAmount <= calm) return resolve();
        waiting.push(resolve);
      }),
    },
  );

  let answered = true;
  const pings = setInterval(() => {
    if (!answered) return socket.terminate();
    answered = false;
    socket.ping();
  }, pingMs);
  socket.on('pong', () => void (answered = true));
  // What the client did wrong, such as a message that is too large; ws closes the socket with the reason.
  socket.on('error', (error) => log.debug({ err: error }, 'a WebSocket failed'));
  socket.once('close', (code, reason) => {
    clearInterval(pings);
    for (const leave of waiting.splice(0)) leave();
    void closed(code, String(reason));
  });
}
