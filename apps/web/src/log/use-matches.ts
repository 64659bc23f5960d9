'use client';

import { useApolloClient } from '@apollo/client/react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { RunLogMatchesDocument, type RunLogMatchesQueryVariables } from '../generated/graphql';
import type { LogReader } from './log-reader';
import { compareLines, passes, type Line, type LogFilter } from './log-window';

interface Matches {
  /** of the whole log, counted by the server; null until it has answered */
  total: number | null;
  /** which one is looked at, from 0 */
  at: number | null;
  line: Line | null;
  error: Error | null;
}

const none: Matches = { total: null, at: null, line: null, error: null };
const pageSize = 100;

/**
 * The lines of the whole log that contain a text, whether they are loaded or not. The newest is looked at first, because
 * the end is what a log is opened at.
 */
export function useMatches({ runId, reader, filter: { stream, contains } }: { runId: string; reader: LogReader; filter: LogFilter }) {
  const client = useApolloClient();
  const [matches, setMatches] = useState<Matches>(none);
  /** Those known so far, by their place among all. */
  const known = useRef(new Map<number, Line>());
  const latest = useRef(matches);
  latest.current = matches;
  const search = useRef(0);

  const read = useCallback(async (which: Partial<RunLogMatchesQueryVariables>) => {
    const { data } = await client.query({ query: RunLogMatchesDocument, variables: { id: runId, first: pageSize, contains, stream, ...which }, fetchPolicy: 'no-cache' });
    return data?.run?.log ?? { totalCount: 0, nodes: [] };
  }, [client, runId, contains, stream]);

  useEffect(() => {
    const asked = ++search.current;
    known.current = new Map();
    setMatches(none);
    if (contains === '') return;
    const place = (line: Line) => {
      const total = latest.current.total;
      if (total === null || !passes({ stream, contains }, line)) return;
      const last = known.current.get(total - 1);
      if (last && compareLines(line, last) <= 0) return;
      known.current.set(total, line);
      latest.current = { ...latest.current, total: total + 1 };
      setMatches(latest.current);
    };
    // What is printed while the server counts may be counted or not; its place tells.
    const meanwhile: Line[] = [];
    const stop = reader.onPrinted((lines) => (latest.current.total === null ? void meanwhile.push(...lines) : lines.forEach(place)));
    read({ fromEnd: true }).then(({ totalCount, nodes }) => {
      if (asked !== search.current) return;
      nodes.forEach((line, index) => known.current.set(totalCount - nodes.length + index, line));
      latest.current = { total: totalCount, at: totalCount > 0 ? totalCount - 1 : null, line: nodes.at(-1) ?? null, error: null };
      setMatches(latest.current);
      meanwhile.forEach(place);
    }, (error: Error) => asked === search.current && setMatches({ ...none, error }));
    return stop;
  }, [reader, read, stream, contains]);

  /** On by one, or back; behind the last comes the first. */
  const go = useCallback(async (step: 1 | -1) => {
    const { total, at } = latest.current;
    if (!total || at === null) return;
    const asked = search.current;
    const target = (at + step + total) % total;
    if (!known.current.has(target)) {
      const [earlier, later] = [known.current.get(target - 1), known.current.get(target + 1)];
      const which = earlier ? { after: earlier.cursor } : later ? { before: later.cursor } : target === 0 ? {} : { fromEnd: true };
      const { nodes } = await read(which);
      if (asked !== search.current) return;
      const first = earlier || target === 0 ? target : target - nodes.length + 1;
      nodes.forEach((line, index) => known.current.set(first + index, line));
    }
    latest.current = { ...latest.current, at: target, line: known.current.get(target) ?? null };
    setMatches(latest.current);
  }, [read]);

  return { ...matches, go };
}
