'use client';

import { FileText, Link2, Plus, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useEffect, useState } from 'react';
import { ReportsDocument, type ReportHeadFragment, type ReportsQuery } from '../generated/graphql';
import { useSeededQuery } from '../graphql/seeded-query';
import { formatCount } from '../format/numbers';
import { TimeAgo } from '../format/time';
import { useProject, useProjectPath } from '../shell/project-context';
import { Button } from '../ui/button';
import { Callout, QueryError } from '../ui/callout';
import { Menu, MenuItem } from '../ui/menu';
import { EmptyState, PageHeader, Skeleton } from '../ui/panel';
import { reportsLoaded } from './reports-loaded';
import { templates } from './templates';
import { useCreateReport } from './use-create-report';
import { useRemoval, type Removed } from './use-removal';

export function ReportsPage({ seed }: { seed: ReportsQuery | null }) {
  const project = useProject();
  const { data, error, refetch } = useSeededQuery(ReportsDocument, { project, first: reportsLoaded }, seed, { pollInterval: 15_000 });
  const { create, making, problem } = useCreateReport();
  const { last, remove, bringBack, forget } = useRemoval();
  const [back, setBack] = useState<string | null>(null);
  const undo = (report: Removed) => {
    setBack(report.id);
    void bringBack(report);
  };
  const dismiss = () => {
    forget();
    document.getElementById('main')?.focus({ preventScroll: true });
  };
  // Who comes back later is not asked again.
  useEffect(() => forget, []);
  const reports = data?.reports.nodes ?? [];
  return (
    <div className="flex flex-col gap-4">
      <PageHeader title="Reports" lead="What you found out, in words, with charts that stay up to date. Share one by its link.">
        {reports.length > 0 && (
          <Menu trigger={<Button variant="primary" busy={making !== null}><Plus aria-hidden />New report</Button>}>
            {templates.map((template) => <MenuItem key={template.name} onSelect={() => void create(template)}><span><span className="block font-medium">{template.label}</span><span className="block text-xs text-muted">{template.what}</span></span></MenuItem>)}
          </Menu>
        )}
      </PageHeader>
      {problem && <Callout tone="danger" title="The report was not made">{problem}</Callout>}
      {last && <Callout key={last.id} tone="info" actions={<span className="flex gap-3"><button type="button" autoFocus className="font-medium underline" onClick={() => undo(last)}>Undo</button><button type="button" className="font-medium underline" onClick={dismiss}>Dismiss</button></span>}>“{last.title}” is deleted.</Callout>}
      {!data ? (error ? <QueryError error={error} retry={() => void refetch()} /> : <Skeleton />) : reports.length === 0 ? (
        <div className="rounded-lg border">
          <EmptyState icon={<FileText />} title="No reports in this project yet">
            <p>A report is Markdown with live charts, tables and pictures of your runs. Begin with one of these:</p>
            <ul className="mt-4 grid gap-3 text-left sm:grid-cols-3">
              {templates.map((template) => (
                <li key={template.name}>
                  <button type="button" disabled={making !== null} onClick={() => void create(template)} className="flex h-full w-full flex-col gap-1 rounded-lg border border-line-strong bg-panel p-3 text-left hover:bg-hover disabled:opacity-60">
                    <span className="font-medium text-ink">{template.label}</span><span className="text-xs text-muted">{template.what}</span>
                  </button>
                </li>
              ))}
            </ul>
          </EmptyState>
        </div>
      ) : (
        <>
          <ul aria-label="Reports" className="divide-y rounded-lg border bg-panel">{reports.map((report) => <ReportRow key={report.id} report={report} back={report.id === back} onDelete={() => void remove(report)} />)}</ul>
          {data.reports.totalCount > reports.length && <p className="text-xs text-faint">The {formatCount(reports.length)} reports changed last, of {formatCount(data.reports.totalCount)}, are shown.</p>}
        </>
      )}
    </div>
  );
}

/** back: it was just brought back, and whoever did is where they had deleted it. */
function ReportRow({ report: { id, title, updatedAt, sharePath }, back, onDelete }: { report: ReportHeadFragment; back: boolean; onDelete: () => void }) {
  const path = useProjectPath();
  return (
    <li className="flex items-center gap-3 px-3 py-2 hover:bg-hover">
      <FileText aria-hidden className="size-4 shrink-0 text-faint" />
      <div className="min-w-0 flex-1">
        <Link href={path('reports', id)} className="block truncate font-medium hover:underline">{title}</Link>
        <p className="flex flex-wrap items-center gap-x-3 text-xs text-muted"><span>changed <TimeAgo at={updatedAt} /></span>{sharePath && <span className="inline-flex items-center gap-1"><Link2 aria-hidden className="size-3" />shared by link</span>}</p>
      </div>
      <Button variant="ghost" size="icon" aria-label={`Delete ${title}`} title="Delete" autoFocus={back} onClick={onDelete}><Trash2 aria-hidden /></Button>
    </li>
  );
}
