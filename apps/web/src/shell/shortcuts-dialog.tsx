'use client';

import { Fragment, type ReactNode } from 'react';
import { Dialog } from '../ui/dialog';
import { Key, useModifier } from '../ui/key';
import { singleKeys, useShortcuts } from './use-shortcut';

type Listed = readonly [keys: readonly string[], what: string];

/** Keys that no page declares, because a table, a dialog or the browser answers to them. */
const everywhere: Listed[] = [
  [['↑', '↓'], 'Move between rows of a table'],
  [['x'], 'Select or deselect the row in focus'],
  [['Enter'], 'Open the row in focus'],
  [['F8'], 'To the notices, such as one with Undo'],
  [['Esc'], 'Close a dialog or menu, clear the search'],
];

export function ShortcutsDialog({ open, onOpenChange, onSettings }: { open: boolean; onOpenChange: (open: boolean) => void; onSettings: () => void }) {
  const declared = useShortcuts();
  const modifier = useModifier();
  const off = singleKeys.use() === 'off';
  // Pressed, a page's key does what the page says: the shell's is not listed beside it.
  const own = declared.filter((shortcut) => !shortcut.everywhere);
  const taken = new Set(own.map(({ keys }) => keys.join(' ')));
  const shells = declared.filter((shortcut) => shortcut.everywhere && !taken.has(shortcut.keys.join(' ')) && shortcut.offered?.() !== false);
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keyboard shortcuts">
      <div className="flex flex-col gap-5">
        {off && <p className="rounded-md bg-warning-soft px-3 py-2">Keys without {modifier} are switched off. <button type="button" onClick={onSettings} className="font-medium text-accent underline">Settings</button></p>}
        {own.length > 0 && <KeyList title="On this page">{own.map(({ keys, what }) => <Row key={`${keys.join(' ')} ${what}`} keys={keys} what={what} />)}</KeyList>}
        <KeyList title="Everywhere">
          <div className="contents"><dt className="flex justify-end gap-1"><Key>{modifier}</Key><Key>K</Key></dt><dd>Go to anything, do anything</dd></div>
          {shells.map(({ keys, what }) => <Row key={keys.join(' ')} keys={keys} what={what} sequence />)}
        </KeyList>
        <KeyList title="In tables and dialogs">{everywhere.map(([keys, what]) => <Row key={what} keys={keys} what={what} />)}</KeyList>
        {!off && <p className="text-xs text-muted">Single keys in your way? They can be switched off in the <button type="button" onClick={onSettings} className="font-medium text-accent underline">settings</button>.</p>}
      </div>
    </Dialog>
  );
}

function KeyList({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h3 className="mb-2 text-xs font-semibold text-muted">{title}</h3>
      <dl className="grid grid-cols-[6rem_1fr] items-center gap-x-4 gap-y-1.5">{children}</dl>
    </section>
  );
}

function Row({ keys, what, sequence = false }: { keys: readonly string[]; what: string; sequence?: boolean }) {
  return (
    <div className="contents">
      <dt className="flex items-center justify-end gap-1">{keys.map((key, index) => <Fragment key={key}>{sequence && index > 0 && <span className="text-xs text-faint">then</span>}<Key>{key}</Key></Fragment>)}</dt>
      <dd>{what}</dd>
    </div>
  );
}
