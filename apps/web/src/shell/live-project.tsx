'use client';

import { useApolloClient, useQuery, useSubscription } from '@apollo/client/react';
import { createContext, useCallback, useContext, useMemo, useRef, type ReactNode } from 'react';
import { RunChangedDocument, RunOrderDocument } from '../generated/graphql';
import { ranks, runMark, type RunMark } from '../charts/run-mark';

const MarkContext = createContext<(runId: string) => RunMark>(() => runMark(0));

/** The colour and dash a run has on every page of its project. */
export const useRunMark = () => useContext(MarkContext);

/** Keeps the project's runs in the cache as they change, and gives each its colour. */
export function LiveProject({ project, children }: { project: string; children: ReactNode }) {
  const client = useApolloClient();
  const { data } = useQuery(RunOrderDocument, { variables: { project } });
  const rankOf = useMemo(() => ranks(data?.runs.nodes.map(({ id }) => id) ?? [], data?.runs.totalCount ?? 0), [data]);
  const refetching = useRef(false);

  useSubscription(RunChangedDocument, {
    variables: { project },
    // A socket that was refused is opened again by the link; the lists are read anew then.
    ignoreResults: true,
    onData: ({ data: { data: changed } }) => {
      if (!changed || rankOf.has(changed.runChanged.id) || refetching.current) return;
      refetching.current = true;
      setTimeout(() => {
        refetching.current = false;
        void client.refetchQueries({ include: ['RunOrder', 'Runs', 'Shell'].filter((name) => isActive(client, name)) });
      }, 100);
    },
  });

  const mark = useCallback((runId: string) => runMark(rankOf.get(runId) ?? 0), [rankOf]);
  return <MarkContext value={mark}>{children}</MarkContext>;
}

/** refetchQueries warns about names that no component asks for. */
const isActive = (client: ReturnType<typeof useApolloClient>, name: string) =>
  [...client.getObservableQueries('active')].some((query) => query.queryName === name);
