'use client';

import { Keyboard, Menu as MenuIcon, Search, Settings } from 'lucide-react';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useEffect, useState, type ReactNode } from 'react';
import { ShellDocument, type ShellQuery } from '../generated/graphql';
import { useSeededQuery } from '../graphql/seeded-query';
import { useRemembered } from '../palette/use-remembered';
import { Button } from '../ui/button';
import { Key, useModifier } from '../ui/key';
import { PanelBoundary } from '../ui/panel-boundary';
import { ConnectionBanner } from './connection-banner';
import { FocusOnNavigation } from './focus-on-navigation';
import { LiveProject } from './live-project';
import { Navigation } from './navigation';
import { ProjectContext } from './project-context';
import { ProjectSwitcher } from './project-switcher';
import { useShowDialog } from './shell-dialog';
import { ShellDialogs } from './shell-dialogs';
import { ShortcutKeys } from './shortcut-keys';
import { TrainerLight } from './trainer-light';

// Wide windows do without it.
const MobileMenu = dynamic(() => import('./mobile-menu').then((module) => module.MobileMenu), { ssr: false });

export function Shell({ project, seed, children }: { project: string; seed: ShellQuery | null; children: ReactNode }) {
  const { data } = useSeededQuery(ShellDocument, {}, seed);
  const projects = data?.projects.nodes ?? [];
  const side = (onNavigate?: () => void) => <Side project={project} projects={projects} onNavigate={onNavigate} />;
  useRemembered(project);
  useEffect(() => {
    // The start page comes back to the project last looked at.
    document.cookie = `thaw-project=${encodeURIComponent(project)}; path=/; max-age=31536000; samesite=lax`;
  }, [project]);

  return (
    <ProjectContext value={project}>
      <LiveProject project={project}>
        <ShellDialogs project={project} projects={projects}>
          <a href="#main" className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:bg-accent focus:px-3 focus:py-2 focus:text-accent-ink">Skip to content</a>
          <ShortcutKeys project={project} />
          <FocusOnNavigation />
          <div className="flex min-h-dvh">
            <aside aria-label="Sidebar" className="sticky top-0 hidden h-dvh w-52 shrink-0 overflow-y-auto border-r bg-sunken md:block">{side()}</aside>
            <div className="flex min-w-0 flex-1 flex-col">
              <MobileBar>{side}</MobileBar>
              <ConnectionBanner />
              <main id="main" tabIndex={-1} className="min-w-0 flex-1 px-4 py-4 outline-none md:px-6"><PanelBoundary>{children}</PanelBoundary></main>
            </div>
          </div>
        </ShellDialogs>
      </LiveProject>
    </ProjectContext>
  );
}

function Side({ project, projects, onNavigate }: { project: string; projects: ShellQuery['projects']['nodes']; onNavigate?: () => void }) {
  const show = useShowDialog();
  const modifier = useModifier();
  const open = (dialog: Parameters<typeof show>[0]) => () => {
    onNavigate?.();
    show(dialog);
  };
  return (
    <div className="flex min-h-full flex-col gap-3 p-3">
      <Logo />
      <ProjectSwitcher project={project} projects={projects} onCreate={open('project')} />
      <button type="button" onClick={open('palette')} aria-keyshortcuts="Control+K Meta+K" className="flex items-center gap-2 rounded-md border bg-panel px-2 py-1.5 text-left text-muted hover:bg-hover hover:text-ink">
        <Search aria-hidden className="size-4 shrink-0" /><span className="flex-1 truncate">Go to …</span>
        <span aria-hidden className="flex gap-0.5"><Key>{modifier}</Key><Key>K</Key></span>
      </button>
      <Navigation project={project} onNavigate={onNavigate} />
      <div className="mt-auto flex flex-col gap-1">
        <TrainerLight project={project} />
        <div className="flex items-center gap-1 border-t pt-2">
          <Button variant="ghost" size="sm" onClick={open('settings')}><Settings aria-hidden />Settings</Button>
          <Button variant="ghost" size="icon" className="ml-auto" aria-label="Keyboard shortcuts" title="Keyboard shortcuts (?)" onClick={open('shortcuts')}><Keyboard aria-hidden /></Button>
        </div>
      </div>
    </div>
  );
}

function Logo() {
  return (
    <Link href="/" className="flex items-center gap-2 px-1 text-sm font-semibold tracking-tight">
      <svg aria-hidden viewBox="0 0 32 32" className="size-5"><rect width="32" height="32" rx="7" fill="var(--accent)" /><path d="M16 5v14M9.9 8.5l12.2 7M22.1 8.5l-12.2 7" stroke="var(--accent-ink)" strokeWidth="2.4" strokeLinecap="round" /><path d="M16 21.5c2 2.4 2.8 3.5 2.8 4.7a2.8 2.8 0 0 1-5.6 0c0-1.2.8-2.3 2.8-4.7z" fill="var(--accent-ink)" /></svg>
      Thaw
    </Link>
  );
}

function MobileBar({ children }: { children: (onNavigate: () => void) => ReactNode }) {
  const [open, setOpen] = useState(false);
  const show = useShowDialog();
  const pathname = usePathname();
  useEffect(() => setOpen(false), [pathname]);
  return (
    <header className="flex items-center gap-2 border-b bg-sunken px-3 py-2 md:hidden">
      <button type="button" aria-label="Open menu" aria-haspopup="dialog" aria-expanded={open} onClick={() => setOpen(true)} className="rounded-md p-1.5 hover:bg-hover"><MenuIcon aria-hidden className="size-5" /></button>
      {open && <MobileMenu onClose={() => setOpen(false)}>{children(() => setOpen(false))}</MobileMenu>}
      <Logo />
      <button type="button" aria-label="Go to …" onClick={() => show('palette')} className="ml-auto rounded-md p-1.5 hover:bg-hover"><Search aria-hidden className="size-5" /></button>
    </header>
  );
}
