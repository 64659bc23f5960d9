import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type DocumentNode, GraphQLError, type GraphQLFormattedError, type GraphQLSchema, getOperationAST, parse, validate } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { type Services, createContext } from '../context';
import { formatFault } from '../errors';
import { checkLimits, parseOptions } from '../limits';
import { noteChanges } from '../run/change-cursor';

type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** Subscriptions on the path of queries, with the same limits and the same masking of faults. */
export function serveWebSocket(server: Server, schema: GraphQLSchema, services: Services, otherUpgrade?: Upgrade) {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 4 * 1024 * 1024 });
  const format = (error: GraphQLFormattedError | Error) =>
    'toJSON' in error ? formatFault(services.log, (error as unknown as { toJSON(): GraphQLFormattedError }).toJSON(), error) : (error as GraphQLFormattedError);

  const graphql = useServer(
    {
      async onSubscribe(_context, _id, { query, operationName, variables }) {
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
      onError: (_context, _id, _payload, errors) => errors.map(format),
      onNext: (_context, _id, _payload, _args, result) => (result.errors ? { ...result, errors: result.errors.map(format) } : undefined),
    },
    sockets,
  );

  server.on('upgrade', (request, socket, head) => {
    if (new URL(request.url ?? '/', 'http://thaw').pathname !== '/graphql') {
      if (otherUpgrade) return otherUpgrade(request, socket, head);
      return refuse(socket, '404 Not Found');
    }
    // Browsers let any site open a WebSocket here; only our own pages may.
    if (!isSameOrigin(request)) return refuse(socket, '403 Forbidden');
    sockets.handleUpgrade(request, socket, head, (ws) => sockets.emit('connection', ws, request));
  });
  return graphql;
}

/** A document that cannot be parsed is the answer to its own operation; thrown it would end the connection of all the others. */
function parseDocument(query: string): DocumentNode | GraphQLError {
  try {
    return parse(query, parseOptions);
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}

function isSameOrigin({ headers: { origin, host } }: IncomingMessage): boolean {
  if (origin === undefined) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}

const refuse = (socket: Duplex, status: string) => void socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`);
