'use client';

import { useApolloClient } from '@apollo/client/react';
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { LogReader, type LogState } from './log-reader';
import { logSource } from './log-source';
import type { LogFilter } from './log-window';

/** The log of one run: a window of it, kept up to date while the run is live. */
export function useLog({ runId, live, filter: { stream, contains } }: { runId: string; live: boolean; filter: LogFilter }): { reader: LogReader; state: LogState } {
  const client = useApolloClient();
  const reader = useMemo(() => new LogReader(logSource(client, runId)), [client, runId]);
  const state = useSyncExternalStore(reader.watch, reader.snapshot, reader.snapshot);
  useEffect(() => reader.setLive(live), [reader, live]);
  useEffect(() => reader.setFilter({ stream, contains }), [reader, stream, contains]);
  useEffect(() => () => reader.dispose(), [reader]);
  return { reader, state };
}
