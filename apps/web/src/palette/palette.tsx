'use client';

import { useQuery } from '@apollo/client/react';
import { Command } from 'cmdk';
import { Boxes, Clock, FileText, Folder, FlaskConical, GitCompare, Globe, Images, Keyboard, Link2, Plus, Settings, SunMoon, Upload, Zap } from 'lucide-react';
import { useTheme } from 'next-themes';
import { useRouter } from 'next/navigation';
import { Dialog } from 'radix-ui';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { PaletteInputsDocument, PaletteRunsDocument, type PaletteInputsQuery, type ShellQuery } from '../generated/graphql';
import { statusLabel } from '../runs/run-status';
import { sections } from '../shell/navigation';
import { projectPath } from '../shell/project-context';
import { useShowDialog } from '../shell/shell-dialog';
import { useShortcuts } from '../shell/use-shortcut';
import { copyText } from '../ui/copy-text';
import { Key } from '../ui/key';
import { useNotify } from '../ui/notices';
import { useReturnFocus } from '../ui/return-focus';
import { useTypedAhead } from '../ui/typed-ahead';
import { matchScore } from './match-score';
import { recentPages } from './recent-pages';
import { selectedRuns } from './selected-runs';
import { runsAmong, stillThere, type Present } from './still-there';

interface PaletteProps { open: boolean; onOpenChange: (open: boolean) => void; project: string; projects: ShellQuery['projects']['nodes'] }

/** Everything that can be gone to or done, found by a few letters of its name. */
export function Palette({ open, onOpenChange, project, projects }: PaletteProps) {
  const returnFocus = useReturnFocus(open);
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-black/40" />
        <Dialog.Content {...returnFocus} aria-describedby={undefined} className="fixed top-[max(1rem,12dvh)] left-1/2 z-50 w-[calc(100vw-2rem)] max-w-xl -translate-x-1/2 overflow-hidden rounded-xl border bg-panel shadow-(--shadow)">
          <Dialog.Title className="sr-only">Command palette</Dialog.Title>
          <Commands project={project} projects={projects} onDone={() => onOpenChange(false)} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Commands({ project, projects, onDone }: Pick<PaletteProps, 'project' | 'projects'> & { onDone: () => void }) {
  const router = useRouter();
  const show = useShowDialog();
  const notify = useNotify();
  const { resolvedTheme, setTheme } = useTheme();
  const [text, setText] = useState('');
  const field = useRef<HTMLInputElement>(null);
  useTypedAhead(field, setText);
  const [visited] = useState(() => recentPages(project));
  // Asked each time: what is deleted or new since then is otherwise not known here.
  const { data: inputs } = useQuery(PaletteInputsDocument, { variables: { project, visited: runsAmong(visited) }, fetchPolicy: 'cache-and-network' });
  const runs = useFoundRuns(project, text);
  const onPage = useShortcuts().filter((shortcut) => !shortcut.everywhere);
  const recent = inputs ? stillThere(visited, presentIn(inputs)) : visited;
  const [compared] = useState(() => selectedRuns(window.location.search));
  const path = (...parts: string[]) => projectPath(project, ...parts);
  const go = (href: string) => () => {
    onDone();
    router.push(href);
  };
  const then = (act: () => void) => () => {
    onDone();
    // After the dialog has given the focus back: what is done may put it elsewhere.
    setTimeout(act);
  };
  const copyLink = async () => {
    const copied = await copyText(window.location.href);
    onDone();
    if (copied) notify('The link to what you see is copied.');
    else notify('This browser does not let pages copy. Copy the address by hand.', 'danger');
  };

  return (
    <Command label="Command palette" loop filter={matchScore} className="flex max-h-[70dvh] flex-col">
      <Command.Input ref={field} value={text} onValueChange={setText} placeholder="Go to a run, dataset, report or page, or do something" className="h-12 shrink-0 border-b bg-transparent px-4 text-sm outline-none" />
      <Command.List label="Results" className="overflow-y-auto p-2">
        <Command.Empty className="px-3 py-8 text-center text-muted">{runs.loading ? 'Searching …' : 'Nothing is called so. Runs are found by a part of their name.'}</Command.Empty>
        {recent.length > 0 && text === '' && <Group heading="Recent">{recent.map(({ href, title }) => <Item key={href} value={`recent ${href}`} icon={<Clock aria-hidden />} onSelect={go(href)} hint={href.split('/').at(-2)}>{title}</Item>)}</Group>}
        {onPage.length > 0 && <Group heading="On this page">{onPage.map(({ keys, what, run }) => <Item key={`${keys.join(' ')} ${what}`} value={`page ${what}`} icon={<Zap aria-hidden />} onSelect={then(run)} keys={keys}>{what}</Item>)}</Group>}
        <Group heading="Do">
          {compared && <Item value="compare selected runs" icon={<GitCompare aria-hidden />} onSelect={go(`${path('compare')}?runs=${compared.join(',')}`)}>Compare the {compared.length} selected runs</Item>}
          <Item value="new run launch" icon={<Plus aria-hidden />} onSelect={go(path('runs', 'new'))} keys={['n']}>New run</Item>
          <Item value="import dataset upload" icon={<Upload aria-hidden />} onSelect={go(`${path('datasets')}?import=true`)}>Import a dataset</Item>
          <Item value="new project create" icon={<Plus aria-hidden />} onSelect={() => show('project')}>New project</Item>
          <Item value="copy link share address" icon={<Link2 aria-hidden />} onSelect={() => void copyLink()}>Copy the link to this page</Item>
          <Item value="theme dark light mode" icon={<SunMoon aria-hidden />} onSelect={() => { setTheme(resolvedTheme === 'dark' ? 'light' : 'dark'); onDone(); }}>{resolvedTheme === 'dark' ? 'Light theme' : 'Dark theme'}</Item>
          <Item value="time zone utc settings" icon={<Globe aria-hidden />} onSelect={() => show('settings')}>Time zone</Item>
          <Item value="settings preferences" icon={<Settings aria-hidden />} onSelect={() => show('settings')}>Settings</Item>
          <Item value="keyboard shortcuts keys help" icon={<Keyboard aria-hidden />} onSelect={() => show('shortcuts')} keys={['?']}>Keyboard shortcuts</Item>
        </Group>
        <Group heading="Go to">{sections.map(({ path: section, label, Icon, key }) => <Item key={section} value={`go to ${label}`} icon={<Icon aria-hidden />} onSelect={go(path(section))} keys={['g', key]}>{label}</Item>)}</Group>
        {runs.found.length > 0 && <Group heading="Runs">{runs.found.map(({ id, name, status }) => <Item key={id} value={`run ${name} ${id}`} icon={<FlaskConical aria-hidden />} onSelect={go(path('runs', id))} hint={statusLabel(status)}>{name}</Item>)}</Group>}
        {inputs && <Group heading="Datasets">{inputs.datasets.nodes.map(({ id, name }) => <Item key={id} value={`dataset ${name}`} icon={<Images aria-hidden />} onSelect={go(path('datasets', name))}>{name}</Item>)}</Group>}
        {inputs && text !== '' && <Group heading="Reports">{inputs.reports.nodes.map(({ id, title }) => <Item key={id} value={`report ${title} ${id}`} icon={<FileText aria-hidden />} onSelect={go(path('reports', id))}>{title}</Item>)}</Group>}
        {inputs && text !== '' && <Group heading="Backbones">{inputs.backbones.map(({ id, name, title }) => <Item key={id} value={`backbone ${name} ${title}`} icon={<Boxes aria-hidden />} onSelect={go(`${path('backbones')}#${encodeURIComponent(name)}`)}>{title}</Item>)}</Group>}
        <Group heading="Projects">{projects.filter(({ name }) => name !== project).map(({ id, name }) => <Item key={id} value={`project ${name}`} icon={<Folder aria-hidden />} onSelect={go(projectPath(name, 'runs'))}>{name}</Item>)}</Group>
      </Command.List>
    </Command>
  );
}

/** As many as the query asks for may not be all. */
const most = 100;
const listed = (names: readonly string[]) => (names.length < most ? names : null);
const presentIn = ({ visited, datasets, reports }: PaletteInputsQuery): Present => ({
  runs: visited.nodes.map(({ id }) => id), datasets: listed(datasets.nodes.map(({ name }) => name)), reports: listed(reports.nodes.map(({ id }) => id)),
});

const typingPauseMs = 120;

/** The server is asked when typing pauses; until it answers, what it found before is filtered further. */
function useFoundRuns(project: string, text: string) {
  const [asked, setAsked] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text.trim()), typingPauseMs);
    return () => clearTimeout(timer);
  }, [text]);
  const { data, previousData, loading } = useQuery(PaletteRunsDocument, { variables: { project, text: asked }, skip: asked === '' });
  return { found: text.trim() === '' ? [] : ((data ?? previousData)?.runs.nodes ?? []), loading: loading || asked !== text.trim() };
}

function Group({ heading, children }: { heading: string; children: ReactNode }) {
  return <Command.Group heading={heading} className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-muted">{children}</Command.Group>;
}

interface ItemProps { value: string; icon: ReactNode; onSelect: () => void; keys?: readonly string[]; hint?: string; children: ReactNode }

function Item({ value, icon, onSelect, keys, hint, children }: ItemProps) {
  return (
    <Command.Item value={value} onSelect={onSelect} className="flex min-h-8 cursor-pointer items-center gap-2.5 rounded-md px-2 py-1.5 data-[selected=true]:bg-hover [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted">
      {icon}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {hint && <span className="text-xs text-muted">{hint}</span>}
      {keys && <span aria-hidden className="hidden gap-0.5 sm:flex">{keys.map((key) => <Key key={key}>{key}</Key>)}</span>}
    </Command.Item>
  );
}
