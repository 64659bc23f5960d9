'use client';

import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { ApolloProvider } from '@apollo/client/react';
import { OperationTypeNode } from 'graphql';
import { createClient } from 'graphql-ws';
import { useState, type ReactNode } from 'react';
import { onReconnect, setConnection } from './connection';

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

function browserLink(): ApolloLink {
  const http = new HttpLink({ uri: '/graphql' });
  const socket = new GraphQLWsLink(
    createClient({
      url: `${window.location.protocol === 'https:' ? 'wss' : 'ws'}://${window.location.host}/graphql`,
      keepAlive: 10_000,
      retryAttempts: Number.POSITIVE_INFINITY,
      shouldRetry: () => true,
      // seconds: 0.5, 1, 2, 4, then every 5
      retryWait: (retries) => new Promise((resolve) => setTimeout(resolve, Math.min(5000, 500 * 2 ** retries))),
      on: {
        connected: () => setConnection('connected'),
        closed: (event) => setConnection((event as CloseEvent).code === 1000 ? 'idle' : 'lost'),
      },
    }),
  );
  return ApolloLink.split((operation) => operation.operationType === OperationTypeNode.SUBSCRIPTION, socket, http);
}
