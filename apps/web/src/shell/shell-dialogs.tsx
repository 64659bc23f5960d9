'use client';

import dynamic from 'next/dynamic';
import { useCallback, useState, type ReactNode } from 'react';
import type { ShellQuery } from '../generated/graphql';
import { PanelBoundary } from '../ui/panel-boundary';
import { gatherTyping, stopGathering } from '../ui/typed-ahead';
import { ShellDialogContext, type ShellDialog } from './shell-dialog';

// None is needed before it is asked for.
const Palette = dynamic(() => import('../palette/palette').then((module) => module.Palette), { ssr: false });
const ShortcutsDialog = dynamic(() => import('./shortcuts-dialog').then((module) => module.ShortcutsDialog), { ssr: false });
const SettingsDialog = dynamic(() => import('./settings-dialog').then((module) => module.SettingsDialog), { ssr: false });
const CreateProject = dynamic(() => import('./create-project').then((module) => module.CreateProject), { ssr: false });

export function ShellDialogs({ project, projects, children }: { project: string; projects: ShellQuery['projects']['nodes']; children: ReactNode }) {
  const [shown, setShown] = useState<ShellDialog | null>(null);
  /** One that was opened stays, so that it can give the focus back. */
  const [loaded, setLoaded] = useState<ReadonlySet<ShellDialog>>(new Set());
  const show = useCallback((dialog: ShellDialog | null) => {
    setShown(dialog);
    if (!dialog) return stopGathering();
    // The keys of the page are not meant for it while the dialog is on its way.
    gatherTyping(() => setShown(null));
    setLoaded((before) => new Set(before).add(dialog));
  }, []);
  const props = (dialog: ShellDialog) => ({ open: shown === dialog, onOpenChange: (open: boolean) => setShown((before) => (open ? dialog : before === dialog ? null : before)) });
  return (
    <ShellDialogContext value={show}>
      {children}
      <PanelBoundary>
        {loaded.has('palette') && <Palette {...props('palette')} project={project} projects={projects} />}
        {loaded.has('shortcuts') && <ShortcutsDialog {...props('shortcuts')} onSettings={() => show('settings')} />}
        {loaded.has('settings') && <SettingsDialog {...props('settings')} />}
        {loaded.has('project') && <CreateProject {...props('project')} />}
      </PanelBoundary>
    </ShellDialogContext>
  );
}
