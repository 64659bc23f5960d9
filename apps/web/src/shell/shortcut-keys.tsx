'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { sections } from './navigation';
import { pressedKey } from './pressed-key';
import { projectPath } from './project-context';
import { useShowDialog } from './shell-dialog';
import { listShortcuts, singleKeys, useShellShortcut } from './use-shortcut';

/** One key follows another within this time. */
const sequenceMs = 1500;

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('textarea, select, [role=textbox], [role=combobox], input:not([type=checkbox], [type=radio], [type=button], [type=submit])'));

const pageSearch = () => document.querySelector<HTMLInputElement>('[data-page-search]');
const hasSearch = () => pageSearch() !== null;

/** A dialog or menu has keys of its own. */
const isCovered = () => document.querySelector('[role=dialog], [role=alertdialog], [role=menu]') !== null;

/** Listens to the keys that the page and the shell declare. */
export function ShortcutKeys({ project }: { project: string }) {
  const router = useRouter();
  const show = useShowDialog();
  const before = useRef({ key: '', at: 0 });

  useShellShortcut(['?'], 'List of the keys', () => show('shortcuts'));
  useShellShortcut(['/'], 'Search on this page', focusSearch, hasSearch);
  useShellShortcut(['n'], 'New run', () => router.push(projectPath(project, 'runs', 'new')));

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      if ((event.metaKey || event.ctrlKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k') {
        if (isCovered()) return;
        event.preventDefault();
        return show('palette');
      }
      if (event.metaKey || event.ctrlKey || event.altKey || event.repeat) return;
      if (singleKeys.read() === 'off' || isTyping(event.target) || isCovered()) return;
      const key = pressedKey(event);
      const sequence = Date.now() - before.current.at < sequenceMs ? [before.current.key, key] : null;
      before.current = { key, at: Date.now() };
      const shortcut = find(sequence) ?? find([key]);
      if (!shortcut) return;
      before.current.at = 0;
      event.preventDefault();
      shortcut.run();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [show]);

  return sections.map(({ key, label, path }) => <GoTo key={key} letter={key} label={label} onGo={() => router.push(projectPath(project, path))} />);
}

/** A page may give a key of the shell a meaning of its own; of two of a page the one declared last wins. */
function find(keys: readonly string[] | null) {
  if (!keys) return undefined;
  const declared = listShortcuts().filter((shortcut) => shortcut.keys.join(' ') === keys.join(' ') && shortcut.offered?.() !== false);
  return declared.findLast(({ everywhere }) => !everywhere) ?? declared.at(-1);
}

function GoTo({ letter, label, onGo }: { letter: string; label: string; onGo: () => void }) {
  useShellShortcut(['g', letter], `Go to ${label.toLowerCase()}`, onGo);
  return null;
}

function focusSearch() {
  const search = pageSearch();
  search?.focus();
  search?.select();
}
