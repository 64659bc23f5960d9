import { X } from 'lucide-react';
import { Toast } from 'radix-ui';
import { cx } from './cx';
import type { Notice } from './notices';

interface ToastsProps { notices: readonly Notice[]; onClose: (id: number) => void }

/** What was noticed, in a corner of the window. */
export function Toasts({ notices, onClose }: ToastsProps) {
  return (
    <Toast.Provider swipeDirection="right" duration={6000} label="Notification">
      {notices.map(({ id, text, tone, action }) => (
        <Toast.Root key={id} type={tone === 'danger' ? 'foreground' : 'background'} onOpenChange={(open) => !open && onClose(id)}
          duration={tone === 'danger' || action ? 12_000 : 5000}
          className={cx('flex items-start gap-3 rounded-lg border bg-panel px-3 py-2.5 shadow-(--shadow)', tone === 'danger' && 'border-danger')}>
          <Toast.Description className="flex-1 break-words">{text}</Toast.Description>
          {action && <Toast.Action altText={action.label} onClick={action.run} className="shrink-0 font-medium text-accent underline-offset-2 hover:underline">{action.label}</Toast.Action>}
          <Toast.Close aria-label="Dismiss" className="text-muted hover:text-ink"><X aria-hidden className="size-4" /></Toast.Close>
        </Toast.Root>
      ))}
      <Toast.Viewport className="fixed right-4 bottom-4 z-50 flex w-80 max-w-[calc(100vw-2rem)] flex-col gap-2" />
    </Toast.Provider>
  );
}
