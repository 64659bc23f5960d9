'use client';

import { useApolloClient, useMutation } from '@apollo/client/react';
import { useCallback } from 'react';
import { DeleteRunsDocument, RestoreRunsDocument, TagRunsDocument } from '../../generated/graphql';
import { plural } from '../../format/numbers';
import { useNotify } from '../../ui/notices';
import { readTags } from '../table/read-runs';
import { archivedTag } from './archived';
import { waysBack, type TagChange } from './ways-back';

interface BulkProps {
  onChanged: () => void;
  /** Runs that were archived or deleted. */
  onGone: (how: 'archived' | 'deleted', ids: readonly string[]) => void;
}

/** What is done to many runs at once; each can be taken back from its notice. */
export function useBulk({ onChanged, onGone }: BulkProps) {
  const client = useApolloClient();
  const notify = useNotify();
  const [tagRuns] = useMutation(TagRunsDocument);
  const [deleteRuns] = useMutation(DeleteRunsDocument);
  const [restoreRuns] = useMutation(RestoreRunsDocument);

  const tell = useCallback((problems: readonly { message: string }[]) => {
    notify(`${problems.slice(0, 3).map(({ message }) => message).join(' ')}${problems.length > 3 ? ` And ${problems.length - 3} more problems.` : ''} Nothing was changed.`, 'danger');
  }, [notify]);

  /** Answers whether it was done: all of a change or nothing of it. */
  const send = useCallback(async (change: TagChange): Promise<string[] | null> => {
    const { runs, userErrors } = (await tagRuns({ variables: change })).data!.tagRuns;
    if (userErrors.length > 0) tell(userErrors);
    return userErrors.length > 0 ? null : runs.map(({ id }) => id);
  }, [tagRuns, tell]);

  const takeBack = useCallback(async (ways: readonly TagChange[]): Promise<void> => {
    let count = 0;
    try {
      for (const way of ways) count += (await send(way))?.length ?? 0;
      if (count > 0) notify(`Taken back: ${plural(count, 'run')}.`);
    } catch (error) {
      notify(`Not taken back: ${(error as Error).message}`, 'danger');
    }
    onChanged();
  }, [notify, onChanged, send]);

  const tag = useCallback(async (ids: readonly string[], changes: { add?: string[]; remove?: string[] }, done: (count: number) => string): Promise<void> => {
    const change: TagChange = { ids: [...ids], add: [], remove: [], ...changes };
    try {
      const before = await readTags(client, ids);
      const changed = await send(change);
      if (!changed) return;
      onChanged();
      if (change.add.includes(archivedTag)) onGone('archived', ids);
      const ways = waysBack(before.filter(({ id }) => changed.includes(id)), change);
      notify(changed.length === 0 ? 'They all were so already.' : done(changed.length), 'info', changed.length === 0 ? undefined : { label: 'Undo', run: () => void takeBack(ways) });
    } catch (error) {
      notify(`Not done: ${(error as Error).message}`, 'danger');
    }
  }, [client, notify, onChanged, onGone, send, takeBack]);

  const archive = useCallback((ids: readonly string[], on: boolean) => tag(ids, on ? { add: [archivedTag] } : { remove: [archivedTag] }, (count) => (on ? `Archived ${plural(count, 'run')}.` : `${plural(count, 'run')} back from the archive.`)), [tag]);

  const restore = useCallback(async (ids: readonly string[]): Promise<void> => {
    try {
      const { data } = await restoreRuns({ variables: { ids: [...ids] } });
      const { runs, userErrors } = data!.restoreRuns;
      if (userErrors.length > 0) return tell(userErrors);
      onChanged();
      notify(`${plural(runs.length, 'run')} restored.`);
    } catch (error) {
      notify(`Not restored: ${(error as Error).message}`, 'danger');
    }
  }, [notify, onChanged, restoreRuns, tell]);

  const remove = useCallback(async (ids: readonly string[]): Promise<void> => {
    try {
      const { data } = await deleteRuns({ variables: { ids: [...ids] } });
      const { runs, userErrors } = data!.deleteRuns;
      if (userErrors.length > 0) return tell(userErrors);
      onChanged();
      onGone('deleted', ids);
      notify(`Deleted ${plural(runs.length, 'run')}.`, 'info', { label: 'Undo', run: () => void restore(runs.map(({ id }) => id)) });
    } catch (error) {
      notify(`Not deleted: ${(error as Error).message}`, 'danger');
    }
  }, [deleteRuns, notify, onChanged, onGone, restore, tell]);

  return { tag, archive, remove };
}

export type Bulk = ReturnType<typeof useBulk>;
