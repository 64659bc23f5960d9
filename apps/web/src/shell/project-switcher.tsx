'use client';

import { ChevronsUpDown, Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import type { ShellQuery } from '../generated/graphql';
import { Menu, MenuItem, MenuSeparator } from '../ui/menu';
import { projectPath } from './project-context';

export function ProjectSwitcher({ project, projects, onCreate }: { project: string; projects: ShellQuery['projects']['nodes']; onCreate: () => void }) {
  const router = useRouter();
  return (
      <Menu align="start" trigger={
        <button type="button" aria-label={`Project ${project}, switch project`} className="flex w-full min-w-0 items-center gap-2 rounded-md border bg-panel px-2 py-1.5 text-left font-medium hover:bg-hover">
          <span aria-hidden className="grid size-5 shrink-0 place-items-center rounded bg-accent text-[11px] font-semibold text-accent-ink uppercase">{project.slice(0, 1)}</span>
          <span className="min-w-0 flex-1 truncate">{project}</span>
          <ChevronsUpDown aria-hidden className="size-3.5 text-faint" />
        </button>
      }>
        {projects.map(({ id, name, runCount }) => (
          <MenuItem key={id} onSelect={() => router.push(projectPath(name, 'runs'))} aria-current={name === project || undefined}>
            <span className="min-w-0 flex-1 truncate">{name}</span>
            <span className="num text-xs text-faint">{runCount}</span>
            <span aria-hidden className="w-3">{name === project ? '✓' : ''}</span>
          </MenuItem>
        ))}
        <MenuSeparator />
        <MenuItem onSelect={() => onCreate()}><Plus aria-hidden />New project</MenuItem>
      </Menu>
  );
}
