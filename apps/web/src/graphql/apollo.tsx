'use client';

import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { ApolloProvider } from '@apollo/client/react';
import { OperationTypeNode } from 'graphql';
import { createClient } from 'graphql-ws';
import { useState, type ReactNode } from 'react';
import { onReconnect, setConnection } from './connection';
import { unreachableLink } from './unreachable';

export function GraphQLProvider({ children }: { children: ReactNode }) {
  const [client] = useState(createApolloClient);
  return <ApolloProvider client={client}>{children}</ApolloProvider>;
}

function createApolloClient(): ApolloClient {
  const inBrowser = typeof window !== 'undefined';
  const client = new ApolloClient({
    // Server rendering reads what the page's own query seeded and never asks by itself.
    link: inBrowser ? browserLink() : ApolloLink.empty(),
    ssrMode: !inBrowser,
    // A refetch must see what happened since the one under way was sent.
    queryDeduplication: false,
    cache: new InMemoryCache({ typePolicies: { Run: { fields: { evaluation: { merge: true } } } } }),
    clientAwareness: { name: 'thaw-web' },
  });
  if (inBrowser) onReconnect(() => void client.refetchQueries({ include: 'active' }));
  return client;
}

const pongWithinMs = 5000;

function browserLink(): ApolloLink {
  const http = unreachableLink.concat(new HttpLink({ uri: '/graphql' }));
  let answered: ReturnType<typeof setTimeout> | undefined;
  const wire = createClient({
    url: `${window.location.protocol === 'https:' ? 'wss' : 'ws'}://${window.location.host}/graphql`,
    keepAlive: 10_000,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    // seconds: 0.5, 1, 2, 4, then every 5
    retryWait: (retries) => new Promise((resolve) => setTimeout(resolve, Math.min(5000, 500 * 2 ** retries))),
    on: {
      connected: () => setConnection('connected'),
      // A network that went away closes nothing: a ping without an answer does.
      ping: (received) => {
        if (!received) answered = setTimeout(() => wire.terminate(), pongWithinMs);
      },
      pong: (received) => received && clearTimeout(answered),
      closed: (event) => {
        clearTimeout(answered);
        setConnection((event as CloseEvent).code === 1000 ? 'idle' : 'lost');
      },
    },
  });
  const socket = new GraphQLWsLink(wire);
  return ApolloLink.split((operation) => operation.operationType === OperationTypeNode.SUBSCRIPTION, socket, http);
}
