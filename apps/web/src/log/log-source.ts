import type { ApolloClient } from '@apollo/client';
import { RunLogDocument, RunLogPageDocument } from '../generated/graphql';
import { onReconnect } from '../graphql/connection';
import type { LogSource } from './log-reader';

/** The log of one run, as the API keeps it. Pages stay out of Apollo's cache, which would hold every line for good. */
export const logSource = (client: ApolloClient, id: string): LogSource => ({
  async page({ first, after, before, fromEnd, filter }) {
    const { data } = await client.query({
      query: RunLogPageDocument,
      variables: { id, first, after, before, fromEnd, stream: filter.stream, contains: filter.contains || null },
      fetchPolicy: 'no-cache',
    });
    if (!data?.run) throw new Error('This run is no longer there.');
    const { nodes, pageInfo, followCursor } = data.run.log;
    return { nodes, followCursor, hasNextPage: pageInfo.hasNextPage };
  },

  follow(after, next) {
    let cursor = after;
    const subscribe = () =>
      client.subscribe({ query: RunLogDocument, variables: { runId: id, after: cursor }, fetchPolicy: 'no-cache' }).subscribe({
        next: ({ data }) => {
          if (!data) return;
          cursor = data.runLog.cursor;
          next(data.runLog);
        },
        error: () => undefined,
      });
    let subscription = subscribe();
    // By itself the socket would ask again with the cursor it began with.
    const stop = onReconnect(() => {
      const before = subscription;
      // First the new one: without any subscription the socket would close.
      subscription = subscribe();
      before.unsubscribe();
    });
    return () => {
      stop();
      subscription.unsubscribe();
    };
  },
});
