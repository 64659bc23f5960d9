import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type DocumentNode, GraphQLError, type GraphQLFormattedError, type GraphQLSchema, getOperationAST, parse, validate } from 'graphql';
import { handleProtocols, makeServer } from 'graphql-ws';
import { WebSocketServer } from 'ws';
import { type Services, createContext } from '../context';
import { formatFault } from '../errors';
import { checkLimits, parseOptions } from '../limits';
import { subscribeShared } from '../notify/share-results';
import { noteChanges } from '../run/change-cursor';
import { type Connection, serveConnection } from './connection';

type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** Of one message; batches of metrics go over HTTP. */
const largestMessage = 4 * 1024 * 1024;

/** Subscriptions on the path of queries, with the same limits and the same masking of faults. */
export function serveWebSocket(server: Server, schema: GraphQLSchema, services: Services, otherUpgrade?: Upgrade) {
  const { env, log } = services;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: largestMessage, handleProtocols: (protocols) => handleProtocols(protocols) });
  const format = (error: GraphQLFormattedError | Error) =>
    'toJSON' in error ? formatFault(log, (error as unknown as { toJSON(): GraphQLFormattedError }).toJSON(), error) : (error as GraphQLFormattedError);

  const graphql = makeServer<Record<string, unknown>, Connection>({
    async onSubscribe({ subscriptions }, _id, { query, operationName, variables }) {
      // This one is among them already.
      if (Object.keys(subscriptions).length > env.THAW_MAX_SUBSCRIPTIONS) return [tooMany(env.THAW_MAX_SUBSCRIPTIONS)];
      const document = parseDocument(query);
      if (document instanceof GraphQLError) return [document];
      const invalid = validate(schema, document);
      if (invalid.length > 0) return invalid;
      const operation = getOperationAST(document, operationName);
      const tooLarge = operation && checkLimits(document, operation, variables ?? {});
      if (tooLarge) return [tooLarge];
      const contextValue = createContext(services);
      await noteChanges(contextValue, query);
      return { schema, document, operationName, variableValues: variables, contextValue };
    },
    subscribe: subscribeShared,
    onError: (_context, _id, _payload, errors) => errors.map(format),
    async onNext({ extra }, _id, _payload, _args, result) {
      await extra.turn();
      return result.errors ? { ...result, errors: result.errors.map(format) } : undefined;
    },
  });

  sockets.on('connection', (socket) => serveConnection(graphql, socket, log));
  server.on('upgrade', (request, socket, head) => {
    if (new URL(request.url ?? '/', 'http://thaw').pathname !== '/graphql') {
      if (otherUpgrade) return otherUpgrade(request, socket, head);
      return refuse(socket, '404 Not Found', 'Subscriptions are at /graphql.');
    }
    // Browsers let any site open a WebSocket here; only our own pages may.
    if (!isSameOrigin(request)) return refuse(socket, '403 Forbidden', 'Pages of other sites may not subscribe.');
    if (sockets.clients.size >= env.THAW_MAX_CONNECTIONS) {
      return refuse(socket, '503 Service Unavailable', `${env.THAW_MAX_CONNECTIONS} WebSockets are open, as many as this API takes (THAW_MAX_CONNECTIONS). Close some, or try again later.`);
    }
    sockets.handleUpgrade(request, socket, head, (ws) => sockets.emit('connection', ws, request));
  });

  return {
    async dispose() {
      for (const client of sockets.clients) client.close(1001, 'Going away');
      await new Promise<void>((resolve) => sockets.close(() => resolve()));
    },
  };
}

const tooMany = (most: number) =>
  new GraphQLError(`This connection has ${most} operations under way, as many as one may have (THAW_MAX_SUBSCRIPTIONS). End some, or open another connection; metricsAppended takes up to 1000 runs in one subscription.`, {
    extensions: { code: 'TOO_MANY_SUBSCRIPTIONS' },
  });

/** A document that cannot be parsed is the answer to its own operation; thrown it would end the connection of all the others. */
function parseDocument(query: string): DocumentNode | GraphQLError {
  try {
    return parse(query, parseOptions);
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    return new GraphQLError((error as Error).message, { originalError: error as Error });
  }
}

function isSameOrigin({ headers: { origin, host } }: IncomingMessage): boolean {
  if (origin === undefined) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}

function refuse(socket: Duplex, status: string, message: string): void {
  const body = JSON.stringify({ error: { code: status.slice(4).toUpperCase().replaceAll(' ', '_'), message } });
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}
