'use client';

import { useApolloClient } from '@apollo/client/react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { mostNamed } from '../../compare/selection';
import { plural } from '../../format/numbers';
import { useNotify } from '../../ui/notices';
import { mostSelected, readIds, type RunList } from '../table/read-runs';
import type { Entries } from '../table/row-entries';

interface Selecting {
  /** What the address names. */
  named: readonly string[];
  onNamed: (ids: string[]) => void;
  list: RunList;
  entries: Entries;
  isGrouped: boolean;
  total: number | null;
}

/** Which runs are ticked. Few are named in the address; more are held by the page alone. */
export function useSelection({ named, onNamed, list, entries, isGrouped, total }: Selecting) {
  const client = useApolloClient();
  const notify = useNotify();
  const [many, setMany] = useState<readonly string[] | null>(null);
  const selected = useMemo(() => new Set(many ?? named), [many, named]);
  const latest = useRef({ selected, list, entries, isGrouped });
  latest.current = { selected, list, entries, isGrouped };
  const anchor = useRef(0);

  const set = useCallback((ids: Iterable<string>) => {
    const next = [...ids];
    setMany(next.length > mostNamed ? next : null);
    onNamed(next.length > mostNamed ? [] : next);
  }, [onNamed]);

  const select = useCallback(async (index: number, id: string, on: boolean, extend: boolean) => {
    const { selected: before, list: of, entries: rows, isGrouped: grouped } = latest.current;
    let ids = [id];
    if (extend && index >= 0) {
      const [from, to] = [Math.min(anchor.current, index), Math.max(anchor.current, index)];
      const held = Array.from({ length: Math.min(to - from + 1, mostSelected) }, (_, n) => rows.at(from + n));
      const missing = held.some((entry) => entry.kind === 'run' && !entry.run);
      ids = missing && !grouped ? await readIds(client, of, from, to - from + 1).catch(() => ids) : held.flatMap((entry) => (entry.kind === 'run' && entry.run ? [entry.run.id] : []));
    }
    if (index >= 0) anchor.current = index;
    set(on ? new Set([...before, ...ids]) : [...before].filter((each) => !ids.includes(each)));
  }, [client, set]);

  /** What leaves the list must not be changed with what is in sight. */
  const drop = useCallback((ids: readonly string[]) => {
    const gone = new Set(ids);
    const rest = [...latest.current.selected].filter((id) => !gone.has(id));
    if (rest.length < latest.current.selected.size) set(rest);
  }, [set]);

  const selectAll = useCallback(async (on: boolean) => {
    if (!on) return set([]);
    try {
      const ids = await readIds(client, latest.current.list);
      set(ids);
      if (total !== null && total > ids.length) notify(`The first ${plural(ids.length, 'run')} of ${total.toLocaleString('en-US')} are selected; more cannot be changed at once.`);
    } catch (error) {
      notify(`The runs could not be listed: ${(error as Error).message}`, 'danger');
    }
  }, [client, notify, set, total]);

  const extent: 'none' | 'some' | 'all' = selected.size === 0 ? 'none' : total !== null && selected.size >= total ? 'all' : 'some';
  return { selected, select, drop, selectAll, clear: useCallback(() => set([]), [set]), extent };
}
