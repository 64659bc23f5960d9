'use client';

import { useApolloClient, useQuery } from '@apollo/client/react';
import { useQueryStates } from 'nuqs';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { AnyRunDocument, type TableRunFragment } from '../generated/graphql';
import { useProject } from '../shell/project-context';
import { archivedTag, inSight } from './bulk/archived';
import { useBulk } from './bulk/use-bulk';
import { useSelection } from './bulk/use-selection';
import { groupColumns, useGroups } from './groups/use-groups';
import type { GroupNode } from './groups/group-tree';
import { columnsOf, metricKeysOf, orderOf } from './table/columns';
import type { HeaderActions } from './table/grid-header';
import { focusTable } from './table/focus-table';
import { moveBefore, setPinned, stepBy } from './table/move-columns';
import { readRuns, readTags, type RunList } from './table/read-runs';
import type { RowActions } from './table/row-actions';
import type { Entries } from './table/row-entries';
import type { PageAnswer } from './table/run-pages';
import { shortId, tableAddress, tableKeys, toggled, type ChangeAddress } from './table/table-address';
import { useLiveRuns } from './table/use-live-runs';
import { useRunList } from './table/use-run-list';
import { useRunActions } from './use-run-actions';

/** Rows of runs that train which are read again and again: what one query may cost. */
const mostFollowed = 100;

export interface RunsSeed extends PageAnswer {
  /** Whether the project has no run at all. */
  isEmpty: boolean;
  /** Whether the project has any. */
  datasets: boolean;
}

/** All that the runs page shows and does; what it shows is in its address. */
export function useRunsTable(seed: RunsSeed | null) {
  const project = useProject();
  const client = useApolloClient();
  const [address, setAddress] = useQueryStates(tableAddress, { history: 'replace', urlKeys: tableKeys });
  const change = useCallback<ChangeAddress>((changes) => void setAddress(changes), [setAddress]);
  const { q, sort, dir, archived } = address;

  const columns = useMemo(() => columnsOf(address.cols), [address.cols]);
  const keys = useMemo(() => metricKeysOf(columns), [columns]);
  const list = useMemo((): RunList => ({ project, search: q.trim() || null, filter: inSight(archived), orderBy: orderOf(sort, dir) }), [project, q, archived, sort, dir]);
  const { pages, error, rowsInSight, version, isStale, ensure, refresh: refreshRows } = useRunList(list, keys, seed);
  const by = useMemo(() => groupColumns(address.group), [address.group]);
  const { tree, version: groupVersion, error: groupError, read: readGroups } = useGroups(list, by, columns, keys, address.open);
  const isGrouped = by.length > 0;
  const isEmpty = useEmptyProject(pages.total === 0 && !isStale && q.trim() === '', seed?.isEmpty ?? false);

  const entries = useMemo((): Entries => {
    if (tree && isGrouped) return tree.entries();
    return { count: pages.total ?? 0, at: (index) => ({ kind: 'run', run: pages.at(index), depth: 0 }), ensure };
    // The pages stay the same while their rows change.
  }, [tree, isGrouped, pages, ensure, version, groupVersion]);

  const held = useMemo(() => {
    const all = [...(tree?.openPages() ?? []).flatMap((each) => each.held()), ...pages.held()];
    return [...new Map(all.map((run) => [run.id, run])).values()];
  }, [tree, pages, version, groupVersion]);
  const heldIds = useMemo(() => new Set(held.map(({ id }) => id)), [held]);

  const [baseline, refreshBaseline, patchBaseline] = useBaseline(address.base, keys);
  const refresh = useCallback(async () => {
    await Promise.all([refreshRows(), readGroups(), refreshBaseline()]);
  }, [refreshRows, readGroups, refreshBaseline]);
  const patch = (runs: readonly TableRunFragment[]) => {
    pages.patch(runs);
    for (const open of tree?.openPages() ?? []) open.patch(runs);
    patchBaseline(runs);
  };
  const training = () => {
    const rows = isGrouped ? (tree?.openPages() ?? []).flatMap((open) => open.held()) : rowsInSight();
    return rows.filter(({ status }) => status === 'RUNNING').slice(0, mostFollowed).map(({ id }) => id);
  };
  const newest = useRef('');
  for (const { createdAt } of held) if (createdAt > newest.current) newest.current = createdAt;
  const { arrived, welcome } = useLiveRuns({ training, holds: (id) => heldIds.has(id) || id === address.base, keys, patch, newest: newest.current, refresh });

  const onNamed = useCallback((ids: string[]) => change({ selected: ids.length > 0 ? ids : null }), [change]);
  const selection = useSelection({ named: address.selected, onNamed, list, entries, isGrouped, total: pages.total });
  const { drop, select, selected } = selection;
  const latest = useRef({ address, select, selected });
  latest.current = { address, select, selected };
  const onGone = useCallback((how: 'archived' | 'deleted', ids: readonly string[]) => {
    if (how === 'archived' && latest.current.address.archived) return;
    drop(ids);
    // The button that did it goes with the selection.
    focusTable();
  }, [drop]);
  const bulk = useBulk({ onChanged: useCallback(() => void refresh(), [refresh]), onGone });
  const showArchived = useCallback((on: boolean) => {
    change({ archived: on });
    const { selected } = latest.current;
    if (on || selected.size === 0) return;
    // Whatever cannot be asked now cannot be changed either.
    void readTags(client, [...selected]).then((runs) => drop(runs.filter(({ tags }) => tags.includes(archivedTag)).map(({ id }) => id)), () => drop([...selected]));
  }, [change, client, drop]);
  const { act, dialog } = useRunActions();
  const doing = useRef({ bulk, act });
  doing.current = { bulk, act };

  const hiddenIds = useMemo(() => new Set(address.hide), [address.hide]);
  const isHidden = useCallback((id: string) => hiddenIds.has(shortId(id)), [hiddenIds]);

  const rowActions = useMemo((): RowActions => ({
    select: (...what) => void latest.current.select(...what),
    hide: (ids, on) => {
      const short = ids.map(shortId);
      const rest = latest.current.address.hide.filter((id) => !short.includes(id));
      change({ hide: on ? [...rest, ...short] : rest });
    },
    colour: (id, place) => {
      const { [shortId(id)]: _, ...rest } = latest.current.address.colour;
      change({ colour: place === null ? rest : { ...rest, [shortId(id)]: place } });
    },
    compareWith: (base) => change({ base }),
    act: (control, run) => doing.current.act(control, run),
    archive: (id, on) => void doing.current.bulk.archive([id], on),
    remove: (id) => void doing.current.bulk.remove([id]),
  }), [change]);

  const headerActions = useMemo((): HeaderActions => {
    const cols = () => columnsOf(latest.current.address.cols).map(({ id }) => id);
    return {
      sort: (id, desc) => change({ sort: id, dir: desc ? 'desc' : 'asc' }),
      move: (id, before) => change({ cols: moveBefore(cols(), id, before) }),
      step: (id, step) => change({ cols: stepBy(cols(), id, step) }),
      pin: (id, on) => change(setPinned(cols(), latest.current.address.pin, id, on)),
      remove: (id) => change({ cols: cols().filter((each) => each !== id), pin: setPinned(cols(), latest.current.address.pin, id, false).pin }),
      group: (id) => change({ group: [...new Set([...latest.current.address.group, id])], open: null }),
      resize: (w) => change({ w }),
    };
  }, [change]);

  const toggleGroup = useCallback(({ path }: GroupNode) => change({ open: toggled(latest.current.address.open, path) }), [change]);
  return {
    address, change, columns, keys, list, by, pages, entries, total: pages.total, error: error ?? groupError, isStale, isEmpty, refresh, held, baseline, arrived, welcome, showArchived, selection, bulk, dialog,
    isHidden, rowActions, headerActions, toggleGroup, listKey: JSON.stringify([list, address.group]),
  };
}

export type RunsTable = ReturnType<typeof useRunsTable>;

/** Whether a table that nothing narrows down is empty because the project is: all of its runs may be archived. null: that is asked. */
function useEmptyProject(isBare: boolean, wasEmpty: boolean): boolean | null {
  const project = useProject();
  const { data } = useQuery(AnyRunDocument, { variables: { project }, skip: !isBare || wasEmpty, fetchPolicy: 'network-only' });
  if (!isBare || wasEmpty) return isBare;
  return data ? data.runs.nodes.length === 0 : null;
}

/** The run that the others are compared with, wherever it stands; null when there is none, or it is gone. */
function useBaseline(id: string | null, keys: readonly string[]) {
  const client = useApolloClient();
  const [baseline, setBaseline] = useState<TableRunFragment | null>(null);
  const refresh = useCallback(async () => {
    if (!id) return setBaseline(null);
    const [run] = await readRuns(client, [id], keys).catch(() => []);
    setBaseline(run ?? null);
  }, [client, id, keys]);
  useEffect(() => void refresh(), [refresh]);
  const patch = useCallback((runs: readonly TableRunFragment[]) => setBaseline((before) => runs.find((run) => run.id === before?.id) ?? before), []);
  return [baseline, refresh, patch] as const;
}
