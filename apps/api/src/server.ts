import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import { expressMiddleware } from '@as-integrations/express5';
import { isReachable } from '@thaw/db/queries/is-reachable';
import express, { type NextFunction, type Request, type Response } from 'express';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import { artifactRoutes } from './artifact/artifact.routes';
import { backupRoutes } from './backup/backup.routes';
import { blobRoutes } from './blob/blob.routes';
import { pictureRoutes } from './blob/picture.routes';
import { type Context, createContext, type Services } from './context';
import { formatFault } from './errors';
import { explorer } from './http/explorer';
import { graphqlBody } from './http/graphql-body';
import { noWeb, webProxy } from './http/web-proxy';
import { serveWebSocket } from './http/websocket';
import { checkLimits, parseOptions } from './limits';
import { noteChanges } from './run/change-cursor';

export interface ApiServer {
  /** Of this machine: http://host:port */
  url: string;
  /** Answers requests under way, ends subscriptions, then closes. */
  stop(): Promise<void>;
}

export async function startServer(schema: GraphQLSchema, services: Services): Promise<ApiServer> {
  const { env } = services;
  // Routes that serve files set ETags of their own; hashing every answer of a query would be for nothing.
  const app = express().disable('x-powered-by').disable('etag');
  const server = createServer(app);
  // A large dataset takes as long to upload as it takes; headersTimeout still ends clients that say nothing.
  server.requestTimeout = 0;
  // Longer than clients keep an idle connection: one that the server closes first can swallow the request just sent on it.
  server.keepAliveTimeout = 75_000;
  const web = env.THAW_WEB_URL ? webProxy(env.THAW_WEB_URL) : undefined;
  const subscriptions = serveWebSocket(server, schema, services, web?.upgrade as never);
  const apollo = new ApolloServer<Context>({
    schema,
    introspection: true,
    csrfPrevention: true,
    includeStacktraceInErrorResponses: false,
    parseOptions,
    formatError: (formatted, error) => formatFault(services.log, formatted, error),
    plugins: [limitPlugin, ApolloServerPluginLandingPageDisabled(), ApolloServerPluginDrainHttpServer({ httpServer: server, stopGracePeriodMillis: 5_000 })],
    // One AbortController in main.ts decides when the process ends.
    stopOnTerminationSignals: false,
  });
  await apollo.start();

  app.get('/healthz', async (_req, res) => {
    if (await isReachable(services.db)) res.json({ status: 'ok' });
    else res.status(503).json({ error: { code: 'DATABASE_UNREACHABLE', message: 'The database does not answer.' } });
  });
  app.use(blobRoutes(services));
  app.use(backupRoutes(services));
  app.use(pictureRoutes(services));
  app.use(artifactRoutes(services));
  app.use(explorer());
  app.use('/graphql', ...graphqlBody, expressMiddleware(apollo, { context: async () => createContext(services) }));
  app.use(web ?? noWeb);
  app.use(answerFault(services));

  await listenOn(server, env.PORT, env.HOST);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${env.HOST.includes(':') ? `[${env.HOST}]` : env.HOST}:${port}`,
    async stop() {
      await subscriptions.dispose();
      await apollo.stop();
    },
  };
}

const limitPlugin: ApolloServerPlugin<Context> = {
  requestDidStart: async () => ({
    async didResolveOperation({ document, operation, request, source, contextValue }) {
      const tooLarge = operation && checkLimits(document, operation, request.variables);
      // Without a status Apollo takes it for a fault of its own.
      if (tooLarge) throw new GraphQLError(tooLarge.message, { nodes: tooLarge.nodes, extensions: { ...tooLarge.extensions, http: { status: 400 } } });
      await noteChanges(contextValue, source);
    },
  }),
};

const answerFault = ({ log }: Services) => (error: Error & { status?: number; expose?: boolean }, req: Request, res: Response, next: NextFunction) => {
  if (res.headersSent) return next(error);
  if (error.expose && error.status) return res.status(error.status).json({ error: { code: 'BAD_REQUEST', message: error.message } });
  log.error({ err: error, path: req.path }, 'a request failed');
  res.status(500).json({ error: { code: 'INTERNAL_SERVER_ERROR', message: 'Something went wrong on the server; its log says more.' } });
};

function listenOn(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
