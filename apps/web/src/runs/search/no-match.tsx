'use client';

import { Button } from '../../ui/button';
import { EmptyState } from '../../ui/panel';
import type { RunsTable } from '../use-runs-table';
import { focusSearch } from './focus-search';

/** In place of the table: why it is empty, and what to do about it. */
export function NoMatch({ table: { address, change, isStale } }: { table: RunsTable }) {
  const clear = () => {
    change({ q: null });
    focusSearch();
  };
  // While the next rows are read, this still stands for a search.
  const isFiltered = isStale || address.q.trim() !== '';
  const show = !address.archived && <Button onClick={() => change({ archived: true })}>Show archived</Button>;
  return (
    <div className="rounded-lg border">
      {isFiltered
        ? <EmptyState title="No run matches" actions={<><Button onClick={clear}>Clear the search</Button>{show}</>}>{address.archived ? 'None of all runs, the archived ones among them.' : 'Archived runs are left out.'}</EmptyState>
        : <EmptyState title="Every run of this project is archived" actions={show} />}
    </div>
  );
}
