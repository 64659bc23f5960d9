'use client';

import { Columns2, Download, Eye, History, MoreHorizontal, PencilLine, Share2, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { useDeferredValue, useEffect, useRef, useState } from 'react';
import { ReportPageDocument, type ReportPageQuery, type ReportTextFragment } from '../../generated/graphql';
import { useSeededQuery } from '../../graphql/seeded-query';
import { useProjectPath } from '../../shell/project-context';
import { useShortcut } from '../../shell/use-shortcut';
import { Button, ButtonLink } from '../../ui/button';
import { QueryError } from '../../ui/callout';
import { cx } from '../../ui/cx';
import { download, fileName } from '../../ui/download';
import { Menu, MenuItem } from '../../ui/menu';
import { EmptyState, Skeleton } from '../../ui/panel';
import { ShareDialog } from '../share/share-dialog';
import { useRemoval } from '../use-removal';
import { ReportText } from '../view/report-text';
import { Conflict } from './conflict';
import { HistoryDialog } from './history-dialog';
import { SaveStatus } from './save-status';
import { SourceField } from './source-field';
import { useReportEditor } from './use-report-editor';

const pollMs = 10_000;

export function ReportPage({ id, seed }: { id: string; seed: ReportPageQuery | null }) {
  const { data, error, refetch } = useSeededQuery(ReportPageDocument, { id }, seed, { pollInterval: pollMs });
  const report = data?.report;
  if (!data) return error ? <QueryError error={error} retry={() => void refetch()} /> : <Skeleton rows={12} />;
  if (!report || report.deletedAt) return <DeletedReport report={report ?? null} />;
  return <Editor key={id} stored={report} project={report.project.name} />;
}

/** report: null once it has been removed for good. */
function DeletedReport({ report }: { report: ReportTextFragment | null }) {
  const path = useProjectPath();
  const { bringBack } = useRemoval();
  const [busy, setBusy] = useState(false);
  const back = async (deleted: ReportTextFragment) => {
    setBusy(true);
    if (await bringBack(deleted)) document.getElementById('main')?.focus({ preventScroll: true });
    setBusy(false);
  };
  return (
    <EmptyState heading="h1" title={report ? `“${report.title}” is deleted` : 'This report is deleted'}
      actions={<>{report && <Button variant="primary" busy={busy} onClick={() => void back(report)}>Bring it back</Button>}<ButtonLink href={path('reports')}>All reports</ButtonLink></>}>
      {report ? 'Its text, its history and its link are kept until the trash is emptied.' : 'The trash has been emptied since: it cannot be brought back.'}
    </EmptyState>
  );
}

const views = ['both', 'write', 'read'] as const;
type View = (typeof views)[number];
const viewLooks = { write: { label: 'Write', Icon: PencilLine }, both: { label: 'Both', Icon: Columns2 }, read: { label: 'Read', Icon: Eye } } as const;

function Editor({ stored, project }: { stored: ReportTextFragment; project: string }) {
  const { draft, change, state, save, keepMine, takeTheirs, restoreVersion } = useReportEditor(stored, `report:${project}:${stored.id}`);
  const [view, setView] = useQueryState('view', parseAsStringLiteral(views).withDefault('both').withOptions({ history: 'replace' }));
  const [open, setOpen] = useState<'share' | 'history' | null>(null);
  const shown = useDeferredValue(draft.body);
  const field = useRef<HTMLTextAreaElement>(null);
  const preview = useRef<HTMLElement>(null);
  const toText = () => (view === 'read' ? preview : field).current?.focus({ preventScroll: true });
  /** Whoever looks at what they write goes on where they were. */
  const writing = useRef(false);
  const toggleRead = () => {
    if (view !== 'read') writing.current = document.activeElement === field.current;
    void setView(view === 'read' ? null : 'read');
  };
  useEffect(() => {
    if (writing.current) toText();
    if (view !== 'read') writing.current = false;
  }, [view]);
  const choose = (choice: Promise<unknown>) => {
    // The button that was pressed goes with the conflict.
    toText();
    return choice;
  };
  useModifiedKey('s', 'Save now', save);
  useModifiedKey('e', 'Switch between writing and reading', toggleRead);

  return (
    <div className="flex flex-col gap-3 md:min-h-[calc(100dvh-2rem)]">
      <div className="no-print flex flex-wrap items-center gap-x-2 gap-y-2">
        <SaveStatus state={state} />
        <span className="ml-auto flex flex-wrap items-center gap-2">
          <ViewSwitch view={view} onChange={(next) => void setView(next === 'both' ? null : next)} />
          <Button size="sm" onClick={() => setOpen('share')}><Share2 aria-hidden />Share</Button>
          <ReportMenu report={stored} draft={draft} onHistory={() => setOpen('history')} />
        </span>
      </div>
      {state.is === 'conflict' && <Conflict mine={draft} theirs={state.current} onMine={() => choose(keepMine(state.current))} onTheirs={() => choose(takeTheirs(state.current))} />}
      <h1 className="sr-only">{draft.title || 'Report'}</h1>
      <input aria-label="Title" value={draft.title} maxLength={200} onChange={(event) => change({ title: event.target.value })} placeholder="Title" autoComplete="off"
        className="w-full rounded-md bg-transparent px-1 py-0.5 text-[22px] leading-tight font-bold tracking-tight placeholder:text-faint" />
      <div className={cx('grid min-h-0 flex-1 gap-4', view === 'both' && 'lg:grid-cols-2')}>
        {/* Kept while one reads: the caret and what can be undone are its. */}
        <div className={cx('flex min-w-0 flex-col', view === 'read' && 'hidden')}><SourceField field={field} label="Markdown of the report" value={draft.body} onChange={(body) => change({ body })} /></div>
        {view !== 'write' && (
          <section ref={preview} aria-label="Preview" className={cx('min-w-0', view === 'both' ? 'hidden lg:block lg:max-h-[calc(100dvh-8.5rem)] lg:overflow-y-auto lg:rounded-lg lg:border lg:p-5' : 'w-full max-w-4xl py-2')} tabIndex={view === 'both' ? 0 : -1}>
            {shown.trim() === '' ? <p className="text-muted">What you write appears here as it will be read.</p> : <ReportText body={shown} />}
          </section>
        )}
      </div>
      <ShareDialog report={stored} open={open === 'share'} onOpenChange={(next) => setOpen(next ? 'share' : null)} />
      <HistoryDialog id={stored.id} open={open === 'history'} onOpenChange={(next) => setOpen(next ? 'history' : null)} onRestore={restoreVersion} />
    </div>
  );
}

/** Both stand beside each other where there is room; a phone shows one. */
function ViewSwitch({ view, onChange }: { view: View; onChange: (view: View) => void }) {
  return (
    <div role="group" aria-label="What is shown" className="flex rounded-md border border-line-strong p-0.5">
      {(['write', 'both', 'read'] as const).map((each) => {
        const { label, Icon } = viewLooks[each];
        const pressed = view === each;
        return (
          <button key={each} type="button" aria-pressed={pressed} onClick={() => onChange(each)}
            className={cx('flex h-6 items-center gap-1.5 rounded px-2 text-xs font-medium', pressed ? 'bg-hover text-ink' : 'text-muted hover:text-ink', each === 'both' && 'max-lg:hidden', each === 'write' && view === 'both' && 'max-lg:bg-hover max-lg:text-ink')}>
            <Icon aria-hidden className="size-3.5" />{label}
          </button>
        );
      })}
    </div>
  );
}

function ReportMenu({ report, draft, onHistory }: { report: ReportTextFragment; draft: { title: string; body: string }; onHistory: () => void }) {
  const router = useRouter();
  const path = useProjectPath();
  const { remove } = useRemoval();
  const erase = async () => {
    if (await remove(report)) router.push(path('reports'));
  };
  return (
    <Menu trigger={<Button size="icon" aria-label="More"><MoreHorizontal aria-hidden /></Button>}>
      <MenuItem onSelect={onHistory}><History aria-hidden />History</MenuItem>
      <MenuItem onSelect={() => download(`# ${draft.title}\n\n${draft.body}`, `${fileName(draft.title)}.md`, 'text/markdown')}><Download aria-hidden />Download as Markdown</MenuItem>
      <MenuItem danger onSelect={() => void erase()}><Trash2 aria-hidden />Delete</MenuItem>
    </Menu>
  );
}

/** A key with Ctrl or Cmd, which works while one types; listed behind `?`. */
function useModifiedKey(key: string, what: string, run: () => void) {
  useShortcut(['Ctrl', key.toUpperCase()], what, run);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== key) return;
      event.preventDefault();
      run();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  });
}
