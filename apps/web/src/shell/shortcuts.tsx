'use client';

import { Keyboard } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { sections } from './navigation';
import { projectPath } from './project-context';
import { listShortcuts, useShortcut, useShortcuts } from './use-shortcut';

/** Keys that no page declares, because a table, a dialog or the browser answers to them. */
const everywhere: [keys: readonly string[], what: string][] = [
  [['↑', '↓'], 'Move between rows of a table'],
  [['x'], 'Select or deselect the row in focus'],
  [['Enter'], 'Open the row in focus'],
  [['Esc'], 'Close a dialog or menu, clear the search'],
];

/** One key follows another within this time. */
const sequenceMs = 1500;

const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName) && (target as HTMLInputElement).type !== 'checkbox');

export function Shortcuts({ project }: { project: string }) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const declared = useShortcuts();
  const before = useRef({ key: '', at: 0 });

  useShortcut(['n'], 'New run', () => router.push(projectPath(project, 'runs', 'new')));
  useShortcut(['/'], 'Search on this page', focusSearch);
  useShortcut(['?'], 'This list', () => setOpen(true));

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.metaKey || event.ctrlKey || event.altKey || typing(event.target)) return;
      if (document.querySelector('[role=dialog], [role=menu]')) return;
      const sequence = Date.now() - before.current.at < sequenceMs ? [before.current.key, event.key] : null;
      before.current = { key: event.key, at: Date.now() };
      const shortcut = find(sequence) ?? find([event.key]);
      if (!shortcut) return;
      before.current.at = 0;
      event.preventDefault();
      shortcut.run();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);

  return (
    <>
      {sections.map(({ key, label, path }) => <GoTo key={key} letter={key} label={label} onGo={() => router.push(projectPath(project, path))} />)}
      <Button variant="ghost" size="icon" aria-label="Keyboard shortcuts" title="Keyboard shortcuts (?)" onClick={() => setOpen(true)}><Keyboard aria-hidden /></Button>
      <Dialog open={open} onOpenChange={setOpen} title="Keyboard shortcuts">
        <dl className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-2">
          {[...declared.map(({ keys, what }) => [keys, what] as const), ...everywhere].map(([keys, what]) => (
            <div key={what} className="contents">
              <dt className="flex justify-end gap-1">{keys.map((key) => <kbd key={key} className="min-w-6 rounded border border-line-strong bg-sunken px-1.5 py-0.5 text-center font-mono text-xs">{key}</kbd>)}</dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
      </Dialog>
    </>
  );
}

/** The one declared last wins: a page may give a key of the shell a meaning of its own. */
const find = (keys: readonly string[] | null) => (keys ? listShortcuts().findLast((shortcut) => shortcut.keys.join(' ') === keys.join(' ')) : undefined);

function GoTo({ letter, label, onGo }: { letter: string; label: string; onGo: () => void }) {
  useShortcut(['g', letter], `Go to ${label.toLowerCase()}`, onGo);
  return null;
}

function focusSearch() {
  const search = document.querySelector<HTMLInputElement>('[data-page-search]');
  search?.focus();
  search?.select();
}
