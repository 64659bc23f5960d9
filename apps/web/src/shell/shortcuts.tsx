'use client';

import { Keyboard } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { sections } from './navigation';
import { projectPath } from './project-context';

const list: [keys: string[], what: string][] = [
  [['n'], 'New run'],
  [['/'], 'Search on this page'],
  [['?'], 'This list'],
  ...sections.map(({ key, label }): [string[], string] => [['g', key], `Go to ${label.toLowerCase()}`]),
  [['↑', '↓'], 'Move between rows of a table'],
  [['x'], 'Select or deselect the row in focus'],
  [['Enter'], 'Open the row in focus'],
  [['Esc'], 'Close a dialog or menu, clear the search'],
];

const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName) && (target as HTMLInputElement).type !== 'checkbox');

export function Shortcuts({ project }: { project: string }) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const goPressedAt = useRef(0);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.metaKey || event.ctrlKey || event.altKey || typing(event.target)) return;
      if (document.querySelector('[role=dialog], [role=menu]')) return;
      if (Date.now() - goPressedAt.current < 1500) {
        goPressedAt.current = 0;
        const section = sections.find(({ key }) => key === event.key);
        if (section) return router.push(projectPath(project, section.path));
      }
      if (event.key === '?') setOpen(true);
      else if (event.key === 'g') goPressedAt.current = Date.now();
      else if (event.key === 'n') router.push(projectPath(project, 'runs', 'new'));
      else if (event.key === '/') {
        const search = document.querySelector<HTMLInputElement>('[data-page-search]');
        search?.focus();
        search?.select();
      } else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [project, router]);

  return (
    <>
      <Button variant="ghost" size="icon" aria-label="Keyboard shortcuts" title="Keyboard shortcuts (?)" onClick={() => setOpen(true)}><Keyboard aria-hidden /></Button>
      <Dialog open={open} onOpenChange={setOpen} title="Keyboard shortcuts">
        <dl className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-2">
          {list.map(([keys, what]) => (
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
