'use client';

import { Bell, Boxes, Cpu, FileText, FlaskConical, Images } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { cx } from '../ui/cx';
import { projectPath } from './project-context';

export const sections = [
  { path: 'runs', label: 'Runs', Icon: FlaskConical, key: 'r' },
  { path: 'datasets', label: 'Datasets', Icon: Images, key: 'd' },
  { path: 'backbones', label: 'Backbones', Icon: Boxes, key: 'b' },
  { path: 'reports', label: 'Reports', Icon: FileText, key: 'p' },
  { path: 'trainers', label: 'Trainers', Icon: Cpu, key: 't' },
  { path: 'alerts', label: 'Alerts', Icon: Bell, key: 'a' },
] as const;

export function Navigation({ project, onNavigate }: { project: string; onNavigate?: () => void }) {
  const pathname = usePathname();
  return (
    <nav aria-label="Project">
      <ul className="flex flex-col gap-0.5">
        {sections.map(({ path, label, Icon }) => {
          const href = projectPath(project, path);
          const current = pathname.startsWith(href) || (path === 'runs' && pathname.startsWith(projectPath(project, 'compare')));
          return (
            <li key={path}>
              <Link href={href} onClick={onNavigate} aria-current={current ? 'page' : undefined}
                className={cx('flex items-center gap-2 rounded-md px-2 py-1.5 font-medium', current ? 'bg-hover text-ink' : 'text-muted hover:bg-hover hover:text-ink')}>
                <Icon aria-hidden className="size-4" />{label}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
