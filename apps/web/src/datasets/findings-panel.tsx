'use client';

import { useApolloClient } from '@apollo/client/react';
import { CircleCheck, Info, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { DatasetLeaksDocument, type DatasetLeaksQuery, type DuplicateKind } from '../generated/graphql';
import { plural } from '../format/numbers';
import { useProject } from '../shell/project-context';
import { Button, ButtonLink } from '../ui/button';
import { useNotify } from '../ui/notices';
import { Panel } from '../ui/panel';
import type { Shown } from './changes/pending';
import type { Editing } from './changes/use-pending';
import { usePairKind } from './duplicates-panel';
import type { Version } from './version-table';

type Finding = Version['findings'][number];

interface FindingsPanelProps { name: string; version: Version; editing: Editing; /** Address of the form that trains on it. */ launch: string; onClass: (label: string) => void }

/** What is odd about a version, with the evidence and what to do about it. */
export function FindingsPanel({ name, version, editing, launch, onClass }: FindingsPanelProps) {
  const { findings, duplicateCounts } = version;
  return (
    <Panel title={findings.length === 0 ? 'Findings' : `Findings (${findings.length})`} flush>
      {findings.length === 0 && <p className="flex items-center gap-2 p-3 text-muted"><CircleCheck aria-hidden className="size-4 text-success" />{duplicateCounts ? 'Nothing is odd: no leaks, and classes of like size with enough pictures.' : 'Nothing so far; the pictures are still being compared.'}</p>}
      <ul>
        {findings.map((finding) => (
          <li key={finding.code} className="flex flex-wrap items-start gap-x-3 gap-y-2 border-b px-3 py-2.5 last:border-b-0">
            {finding.severity === 'WARNING' ? <TriangleAlert role="img" aria-label="Warning" className="mt-0.5 size-4 shrink-0 text-warning" /> : <Info role="img" aria-label="Note" className="mt-0.5 size-4 shrink-0 text-muted" />}
            <div className="min-w-52 flex-1">
              <p className="font-medium">{finding.title}</p>
              <p className="max-w-3xl break-words text-muted">{finding.message}</p>
              {finding.classes.length > 0 && <Classes finding={finding} onClass={onClass} />}
            </div>
            <Remedy name={name} version={version} finding={finding} editing={editing} launch={launch} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Classes({ finding: { classes }, onClass }: { finding: Finding; onClass: (label: string) => void }) {
  return (
    <p className="mt-1 flex flex-wrap gap-1">
      {classes.slice(0, 8).map((label) => <button key={label} type="button" onClick={() => onClass(label)} title={`Show the pictures of ${label}`} className="rounded bg-hover px-1.5 py-px text-xs hover:text-accent">{label}</button>)}
      {classes.length > 8 && <span className="text-xs text-faint">and {classes.length - 8} more</span>}
    </p>
  );
}

function Remedy({ name, version, finding: { code }, editing, launch }: Omit<FindingsPanelProps, 'onClass'> & { finding: Finding }) {
  if (code === 'LEAK_EXACT') return <MendLeaks name={name} version={version} exact editing={editing} />;
  if (code === 'LEAK_NEAR') return <MendLeaks name={name} version={version} exact={false} editing={editing} />;
  if (code === 'IMBALANCE') return <ButtonLink size="sm" href={`${launch}&set=${encodeURIComponent('classWeight:balanced')}`}>Launch with balanced class weights</ButtonLink>;
  if (code === 'DUPLICATES') return <ShowPairs kind="WITHIN_SPLIT" />;
  if (code === 'LABEL_CONFLICT') return <ShowPairs kind="CONFLICT" />;
  if (code === 'SKIPPED_FILES') return <ButtonLink size="sm" href="#skipped">Show the files</ButtonLink>;
  return null;
}

function ShowPairs({ kind }: { kind: DuplicateKind }) {
  const [, choose] = usePairKind();
  const show = () => {
    void choose(kind);
    const panel = document.getElementById('duplicates');
    panel?.scrollIntoView({ block: 'start' });
    panel?.focus({ preventScroll: true });
  };
  return <Button size="sm" onClick={show}>Show the pairs</Button>;
}

/** What is in training too teaches nothing about the model when it is in validation: copies go, look-alikes join training. */
function MendLeaks({ name, version: { version }, exact, editing }: { name: string; version: Version; exact: boolean; editing: Editing }) {
  const client = useApolloClient();
  const project = useProject();
  const notify = useNotify();
  const [busy, setBusy] = useState(false);
  const mend = async () => {
    setBusy(true);
    try {
      const leaked = new Map<string, { picture: Shown; exact: boolean }>();
      for (let after: string | null = null, more = true; more;) {
        const answer: { data?: DatasetLeaksQuery } = await client.query({ query: DatasetLeaksDocument, variables: { name, project, version, first: 1000, after }, fetchPolicy: 'no-cache' });
        const { nodes, pageInfo } = answer.data!.dataset!.version!.duplicates;
        for (const pair of nodes) leaked.set(pair.second.path, { picture: pair.second, exact: pair.exact || (leaked.get(pair.second.path)?.exact ?? false) });
        [after, more] = [pageInfo.endCursor, pageInfo.hasNextPage];
      }
      const chosen = [...leaked.values()].filter((each) => each.exact === exact).map(({ picture }) => picture);
      if (exact) editing.remove(chosen);
      else editing.move(chosen, { split: 'TRAIN' });
      notify(`${plural(chosen.length, 'change')} to look through and save.`);
    } catch (error) {
      notify(`The leaks could not be read: ${(error as Error).message}`, 'danger');
    } finally {
      setBusy(false);
    }
  };
  return <Button size="sm" busy={busy} disabled={!editing.here} onClick={() => void mend()}>{exact ? 'Take the copies out of validation' : 'Move them to training'}</Button>;
}
