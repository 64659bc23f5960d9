import { ServerError } from '@apollo/client/errors';
import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Unreachable } from '../graphql/unreachable';
import { cx } from './cx';

const tones = {
  danger: { className: 'bg-danger-soft text-danger', Icon: CircleAlert },
  warning: { className: 'bg-warning-soft text-warning', Icon: TriangleAlert },
  info: { className: 'bg-accent-soft text-accent', Icon: Info },
};

/** A message that needs to be seen. Errors are announced. */
export function Callout({ tone, title, children, actions }: { tone: keyof typeof tones; title?: ReactNode; children?: ReactNode; actions?: ReactNode }) {
  const { className, Icon } = tones[tone];
  return (
    <div role={tone === 'danger' ? 'alert' : 'status'} className={cx('flex items-start gap-2.5 rounded-md px-3 py-2', className)}>
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 flex-1">
        {title && <p className="font-medium">{title}</p>}
        {children && <div className="break-words text-ink">{children}</div>}
      </div>
      {actions}
    </div>
  );
}

/** Why a query failed, in words a person can act on. */
export function QueryError({ error, retry }: { error: Error; retry?: () => void }) {
  const unreachable = error instanceof Unreachable;
  return (
    <Callout tone="danger" title={unreachable ? 'The Thaw server did not answer' : 'The server could not answer'}
      actions={retry && <button type="button" onClick={retry} className="shrink-0 font-medium underline">Try again</button>}>
      {unreachable ? 'Check that `npm start` is still running in its terminal. This page tries again when the connection is back.' : ServerError.is(error) ? `It failed at this (status ${error.statusCode}). The terminal of \`npm start\` says why; trying again may help.` : error.message}
    </Callout>
  );
}
