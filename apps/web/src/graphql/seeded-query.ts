'use client';

import type { OperationVariables, TypedDocumentNode } from '@apollo/client';
import { useApolloClient, useQuery } from '@apollo/client/react';
import { useSyncExternalStore } from 'react';

const never = () => () => undefined;

/** Seeds already in the cache: coming back to a page must not overwrite newer data with its first answer. */
const planted = new WeakSet<object>();

/** useQuery that starts from the answer the server component already has. */
export function useSeededQuery<TData, TVariables extends OperationVariables>(
  query: TypedDocumentNode<TData, TVariables>,
  variables: TVariables,
  seed: TData | null,
  options: { pollInterval?: number } = {},
) {
  const client = useApolloClient();
  if (seed && !planted.has(seed as object)) {
    // On the server each request has its own client, so a seed is planted there every time.
    if (typeof window !== 'undefined') planted.add(seed as object);
    client.cache.writeQuery({ query, variables, data: seed as never, broadcast: false });
  }
  const result = useQuery(query as TypedDocumentNode<TData, OperationVariables>, { variables, ...options });
  // The first render in the browser must be the server's, although the cache may know better by then.
  const hydrated = useSyncExternalStore(never, () => true, () => false);
  return { ...result, data: (hydrated ? (result.data ?? result.previousData) : (seed ?? undefined)) as TData | undefined };
}
