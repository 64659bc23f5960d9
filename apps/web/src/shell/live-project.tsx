'use client';

import { useApolloClient, useQuery, useSubscription } from '@apollo/client/react';
import { createContext, useCallback, useContext, useDeferredValue, useMemo, useRef, type ReactNode } from 'react';
import { RunChangedDocument, RunOrderDocument } from '../generated/graphql';
import { markOfId, ranks, runMark, type RunMark } from '../charts/run-mark';
import { tellRunChanged } from './run-changes';

const MarkContext = createContext<(runId: string) => RunMark>(() => runMark(0));

/** The colour and dash a run has on every page of its project. */
export const useRunMark = () => useContext(MarkContext);

/** Keeps the project's runs in the cache as they change, and gives each its colour. */
export function LiveProject({ project, children }: { project: string; children: ReactNode }) {
  const client = useApolloClient();
  const { data } = useQuery(RunOrderDocument, { variables: { project } });
  // What came from the server stands until it is hydrated: a page below that is not would be thrown away and made anew by a context that changes at once.
  const order = useDeferredValue(data);
  const rankOf = useMemo(() => ranks(order?.runs.nodes.map(({ id }) => id) ?? [], order?.runs.totalCount ?? 0), [order]);
  const newest = data?.newest.nodes[0]?.createdAt;
  const refetching = useRef(false);

  useSubscription(RunChangedDocument, {
    variables: { project },
    // A socket that was refused is opened again by the link; the lists are read anew then.
    ignoreResults: true,
    onData: ({ data: { data: changed } }) => {
      if (!changed) return;
      const { id, createdAt } = changed.runChanged;
      tellRunChanged(id, createdAt);
      // One that is not ranked may be older than all that are. Ids tell nothing: a script may have given them.
      if (rankOf.has(id) || createdAt < (newest ?? '') || refetching.current) return;
      refetching.current = true;
      setTimeout(() => {
        refetching.current = false;
        void client.refetchQueries({ include: ['RunOrder', 'Shell'].filter((name) => isActive(client, name)) });
      }, 100);
    },
  });

  const mark = useCallback((runId: string) => (rankOf.has(runId) ? runMark(rankOf.get(runId)!) : markOfId(runId)), [rankOf]);
  return <MarkContext value={mark}>{children}</MarkContext>;
}

/** Colours chosen by hand, below here: places in the palette by run. null leaves a run its own. */
export function ChosenColours({ colourOf, children }: { colourOf: (runId: string) => number | null; children: ReactNode }) {
  const own = useRunMark();
  const mark = useCallback((runId: string) => {
    const chosen = colourOf(runId);
    return chosen === null ? own(runId) : runMark(chosen);
  }, [own, colourOf]);
  return <MarkContext value={mark}>{children}</MarkContext>;
}

/** refetchQueries warns about names that no component asks for. */
const isActive = (client: ReturnType<typeof useApolloClient>, name: string) =>
  [...client.getObservableQueries('active')].some((query) => query.queryName === name);
