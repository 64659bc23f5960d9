'use client';

import { useApolloClient } from '@apollo/client/react';
import { useCallback, useEffect, useReducer, useRef } from 'react';
import { readPages, type RunList } from './read-runs';
import { pageSize, RunPages, type PageAnswer } from './run-pages';

/** Answers that were shown: the way back to the page brings the same one again, and runs went on meanwhile. */
const shownBefore = new WeakSet<object>();

interface Shown { listKey: string; keysKey: string; pages: RunPages }

/**
 * The rows of a list as far as they were looked at. Another list is shown once its first rows are there: nothing flickers,
 * and what is there stays when they cannot be read.
 */
export function useRunList(list: RunList, keys: readonly string[], seed: PageAnswer | null) {
  const client = useApolloClient();
  const [version, changed] = useReducer((count: number) => count + 1, 0);
  const inSight = useRef({ from: 0, to: pageSize - 1 });
  const listKey = JSON.stringify(list);
  const keysKey = keys.join('\n');
  const shown = useRef<Shown | null>(null);
  const awaited = useRef<Shown | null>(null);
  shown.current ??= { listKey, keysKey, pages: new RunPages(readPages(client, list, keys), changed, seed ?? undefined) };

  useEffect(() => {
    if (shown.current!.listKey === listKey) return;
    const next: Shown = {
      listKey, keysKey,
      pages: new RunPages(readPages(client, list, keys), () => {
        if (awaited.current === next && next.pages.total !== null) {
          shown.current = next;
          awaited.current = null;
        }
        if (awaited.current === next || shown.current === next) changed();
      }),
    };
    awaited.current = next;
    next.pages.ensure(0, pageSize - 1);
    return () => {
      if (awaited.current === next) awaited.current = null;
    };
    // Other columns do not make another list: see below.
  }, [client, listKey]);

  const refresh = useCallback(async () => {
    const { from, to } = inSight.current;
    await (awaited.current ? awaited.current.pages.refresh(0, pageSize - 1) : shown.current!.pages.refresh(from, to));
  }, []);

  useEffect(() => {
    if (seed && shownBefore.has(seed)) void refresh();
    else if (seed) shownBefore.add(seed);
  }, [seed, refresh]);

  useEffect(() => {
    const { current } = shown;
    if (current!.listKey !== listKey || current!.keysKey === keysKey) return;
    current!.keysKey = keysKey;
    void current!.pages.refresh(inSight.current.from, inSight.current.to, readPages(client, list, keys));
  }, [client, listKey, keysKey]);

  const ensure = useCallback((from: number, to: number) => {
    inSight.current = { from, to };
    shown.current!.pages.ensure(from, to);
  }, []);

  const rowsInSight = useCallback(() => shown.current!.pages.between(inSight.current.from, inSight.current.to), []);

  const { pages } = shown.current;
  return { pages, error: awaited.current?.pages.error ?? pages.error, rowsInSight, version, isStale: shown.current.listKey !== listKey, ensure, refresh };
}
