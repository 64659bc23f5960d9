'use client';

import { useQuery } from '@apollo/client/react';
import { KeyNamesDocument, type KeyKind } from '../../generated/graphql';
import { useProject } from '../../shell/project-context';
import { Button } from '../../ui/button';
import { EmptyState } from '../../ui/panel';
import type { RunsTable } from '../use-runs-table';
import { focusSearch } from './focus-search';
import { useLanguage, type SearchLanguage } from './use-language';

/** In place of the table: why it is empty, and what to do about it. */
export function NoMatch({ table: { address, change, showArchived, isStale } }: { table: RunsTable }) {
  const clear = () => {
    change({ q: null });
    focusSearch();
  };
  // While the next rows are read, this still stands for a search.
  const isFiltered = isStale || address.q.trim() !== '';
  const language = useLanguage(isFiltered);
  const show = !address.archived && <Button onClick={() => showArchived(true)}>Show archived</Button>;
  return (
    <div className="rounded-lg border">
      {isFiltered
        ? <EmptyState title="No run matches" actions={<><Button onClick={clear}>Clear the search</Button>{show}</>}>{address.archived ? 'None of all runs, the archived ones among them.' : 'Archived runs are left out.'}{language && <Misread language={language} search={address.q} onSearch={(q) => change({ q })} />}</EmptyState>
        : <EmptyState title="Every run of this project is archived" actions={show} />}
    </div>
  );
}

/** A bare name in a search is a metric: said where the project has none of that name, or a config value of that name. */
function Misread({ language, search, onSearch }: { language: SearchLanguage; search: string; onSearch: (search: string) => void }) {
  const { filter } = language.parseSearch(search);
  if (!filter) return null;
  return language.metricsIn(filter).slice(0, 3).map((key) => <MisreadKey key={key} name={key} search={language.formatSearch(language.asConfig(filter, key))} onSearch={onSearch} />);
}

function MisreadKey({ name, search, onSearch }: { name: string; search: string; onSearch: (search: string) => void }) {
  const isMetric = useHasKey('METRIC', name);
  const isConfig = useHasKey('PARAM', name);
  if (isMetric === null || isConfig === null || (isMetric && !isConfig)) return null;
  return (
    <span className="mt-2 block">
      {isMetric ? `${name} was read as the metric; there is a config value of that name, too.` : `No run has a metric ${name}${isConfig ? '; it is a config value.' : ', and none a config value of that name.'}`}
      {isConfig && <button type="button" onClick={() => onSearch(search)} className="ml-1 font-medium text-accent underline">Search {search}</button>}
    </span>
  );
}

/** null: not known yet. */
function useHasKey(kind: KeyKind, name: string): boolean | null {
  const project = useProject();
  const { data } = useQuery(KeyNamesDocument, { variables: { project, kind, contains: name, first: 1000 } });
  return data ? data.keys.nodes.some((key) => key.name === name) : null;
}
