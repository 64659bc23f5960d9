'use client';

import { useApolloClient, useLazyQuery } from '@apollo/client/react';
import { FilePlus, FileText } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { ReportChoicesDocument } from '../generated/graphql';
import { useProject, useProjectPath } from '../shell/project-context';
import { Button } from '../ui/button';
import { Menu, MenuItem, MenuSeparator } from '../ui/menu';
import { useNotify } from '../ui/notices';
import type { View } from './blocks-of-view';

// Nobody needs them before a report is chosen.
const loadWriting = async () => ({ ...(await import('./append-block')), ...(await import('./blocks-of-view')) });

/** Puts what the page shows, as live blocks, at the end of a report or into a new one. page: which page it stands on. */
export function AddToReport({ runs, page, metric = 'val/accuracy' }: { runs: View['runs']; page: 'runs' | 'compare'; metric?: string }) {
  const client = useApolloClient();
  const router = useRouter();
  const project = useProject();
  const path = useProjectPath();
  const notify = useNotify();
  const [busy, setBusy] = useState(false);
  const [read, { data, error }] = useLazyQuery(ReportChoicesDocument, { fetchPolicy: 'cache-and-network' });

  const view = (): View => {
    // The address at the moment of the click says which tab and metric are shown.
    const address = new URLSearchParams(window.location.search);
    return { runs, tab: address.get('tab') ?? (page === 'compare' ? 'curves' : 'runs'), metric: address.get('metric') ?? metric };
  };
  const add = async (work: () => Promise<void>) => {
    setBusy(true);
    await work().catch((failure: Error) => notify(`Nothing was added: ${failure.message}`, 'danger'));
    setBusy(false);
  };
  const append = (id: string, title: string) => add(async () => {
    const shown = view();
    const { appendTo, blocksOfView } = await loadWriting();
    const problem = await appendTo(client, id, blocksOfView(shown));
    notify(problem ? `Nothing was added: ${problem}` : `Added to the end of “${title}”.`, problem ? 'danger' : 'info');
  });
  const create = () => add(async () => {
    const shown = view();
    const { createWith, blocksOfView } = await loadWriting();
    const made = await createWith(client, project, runs.length === 1 ? runs[0]!.name : `${runs.length} runs compared`, blocksOfView(shown));
    if ('id' in made) router.push(path('reports', made.id));
    else notify(made.problem, 'danger');
  });

  const reports = data?.reports.nodes ?? [];
  return (
    <Menu onOpenChange={(open) => open && void read({ variables: { project } })} trigger={<Button busy={busy} disabled={runs.length === 0}><FilePlus aria-hidden />Add to report</Button>}>
      <MenuItem onSelect={() => void create()}><FilePlus aria-hidden />New report</MenuItem>
      {reports.length > 0 && <MenuSeparator />}
      {reports.map(({ id, title }) => <MenuItem key={id} onSelect={() => void append(id, title)}><FileText aria-hidden /><span className="max-w-60 truncate">{title}</span></MenuItem>)}
      {error && !data && <p className="max-w-60 px-2 py-1.5 text-xs text-muted">Your reports could not be read; a new one can be made.</p>}
    </Menu>
  );
}
