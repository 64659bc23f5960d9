import type { ReactNode } from 'react';
import { cx } from './cx';
import { PanelBoundary } from './panel-boundary';

/** A titled region of a page. */
export function Panel({ title, actions, children, className, flush = false, id }: { title?: ReactNode; actions?: ReactNode; children: ReactNode; className?: string; flush?: boolean; id?: string }) {
  return (
    <section id={id} aria-label={typeof title === 'string' ? title : undefined} className={cx('min-w-0 rounded-lg border bg-panel', className)}>
      {title !== undefined && (
        <header className="flex min-h-10 flex-wrap items-center gap-2 border-b px-3 py-1.5">
          <h2 className="mr-auto text-[13px] font-semibold">{title}</h2>
          {actions}
        </header>
      )}
      <div className={flush ? 'overflow-x-auto' : 'p-3'}><PanelBoundary>{children}</PanelBoundary></div>
    </section>
  );
}

export function PageHeader({ title, children, lead }: { title: ReactNode; children?: ReactNode; lead?: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <div className="mr-auto min-w-0">
        <h1 className="text-lg font-semibold tracking-tight">{title}</h1>
        {lead && <p className="max-w-2xl text-muted">{lead}</p>}
      </div>
      {children}
    </div>
  );
}

/** What a page says when there is nothing to show, and what to do about it. */
export function EmptyState({ icon, title, children, actions, heading: Heading = 'p' }: { heading?: 'h1' | 'p'; icon?: ReactNode; title: string; children?: ReactNode; actions?: ReactNode }) {
  return (
    <div className="flex flex-col items-center gap-2 px-4 py-12 text-center">
      {icon && <div aria-hidden className="text-faint [&_svg]:size-7 [&_svg]:stroke-[1.5]">{icon}</div>}
      <Heading className="text-sm font-medium">{title}</Heading>
      {children && <div className="max-w-md text-muted">{children}</div>}
      {actions && <div className="mt-2 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}

export function Skeleton({ rows = 6 }: { rows?: number }) {
  return (
    <div role="status" aria-label="Loading" className="flex flex-col gap-2 p-3">
      {/* Comes by itself when it takes long, without a timer */}
      <p aria-hidden className="late text-xs text-muted">Still loading …</p>
      {Array.from({ length: rows }, (_, index) => <div key={index} className="h-5 animate-pulse rounded bg-hover" style={{ width: `${95 - (index % 4) * 11}%` }} />)}
    </div>
  );
}
