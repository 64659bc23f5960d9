'use client';

import { useMutation } from '@apollo/client/react';
import { useCallback } from 'react';
import { DeleteRunsDocument, RestoreRunsDocument, TagRunsDocument } from '../../generated/graphql';
import { plural } from '../../format/numbers';
import { useNotify } from '../../ui/notices';
import { archivedTag } from './archived';

/** What is done to many runs at once; each can be taken back from its notice. */
export function useBulk(onChanged: () => void) {
  const notify = useNotify();
  const [tagRuns] = useMutation(TagRunsDocument);
  const [deleteRuns] = useMutation(DeleteRunsDocument);
  const [restoreRuns] = useMutation(RestoreRunsDocument);

  const tell = useCallback((problems: readonly { message: string }[]) => {
    notify(`${problems.slice(0, 3).map(({ message }) => message).join(' ')}${problems.length > 3 ? ` And ${problems.length - 3} more problems.` : ''} Nothing was changed.`, 'danger');
  }, [notify]);

  const tag = useCallback(async (ids: readonly string[], changes: { add?: string[]; remove?: string[] }, done: (count: number) => string, isUndo = false): Promise<void> => {
    const { add = [], remove = [] } = changes;
    try {
      const { data } = await tagRuns({ variables: { ids: [...ids], add, remove } });
      const { runs, userErrors } = data!.tagRuns;
      if (userErrors.length > 0) return tell(userErrors);
      onChanged();
      const undo = () => void tag(runs.map(({ id }) => id), { add: remove, remove: add }, (count) => `Taken back: ${plural(count, 'run')}.`, true);
      notify(runs.length === 0 ? 'They all were so already.' : done(runs.length), 'info', isUndo || runs.length === 0 ? undefined : { label: 'Undo', run: undo });
    } catch (error) {
      notify(`Not done: ${(error as Error).message}`, 'danger');
    }
  }, [notify, onChanged, tagRuns, tell]);

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

  /** Answers whether they are gone. */
  const remove = useCallback(async (ids: readonly string[]): Promise<boolean> => {
    try {
      const { data } = await deleteRuns({ variables: { ids: [...ids] } });
      const { runs, userErrors } = data!.deleteRuns;
      if (userErrors.length > 0) {
        tell(userErrors);
        return false;
      }
      onChanged();
      notify(`Deleted ${plural(runs.length, 'run')}.`, 'info', { label: 'Undo', run: () => void restore(runs.map(({ id }) => id)) });
      return true;
    } catch (error) {
      notify(`Not deleted: ${(error as Error).message}`, 'danger');
      return false;
    }
  }, [deleteRuns, notify, onChanged, restore, tell]);

  return { tag, archive, remove };
}

export type Bulk = ReturnType<typeof useBulk>;
