'use client';

import { X } from 'lucide-react';
import { Toast } from 'radix-ui';
import { createContext, useCallback, useContext, useState, type ReactNode } from 'react';
import { cx } from './cx';

/** Such as Undo: the notice goes when it is pressed. */
export interface NoticeAction { label: string; run: () => void }
interface Notice { id: number; text: string; tone: 'info' | 'danger'; action?: NoticeAction }
type Notify = (text: string, tone?: Notice['tone'], action?: NoticeAction) => void;
const NoticeContext = createContext<Notify>(() => undefined);

/** Says that something happened away from where the person looks. */
export const useNotify = () => useContext(NoticeContext);

let nextId = 1;

export function NoticeProvider({ children }: { children: ReactNode }) {
  const [notices, setNotices] = useState<Notice[]>([]);
  const notify = useCallback<Notify>((text, tone = 'info', action) => {
    setNotices((held) => [...held.slice(-3), { id: nextId++, text, tone, action }]);
  }, []);
  const forget = (id: number) => setNotices((held) => held.filter((notice) => notice.id !== id));
  return (
    <NoticeContext value={notify}>
      <Toast.Provider swipeDirection="right" duration={6000} label="Notification">
        {children}
        {notices.map(({ id, text, tone, action }) => (
          <Toast.Root key={id} type={tone === 'danger' ? 'foreground' : 'background'} onOpenChange={(open) => !open && forget(id)}
            duration={tone === 'danger' || action ? 12_000 : 5000}
            className={cx('flex items-start gap-3 rounded-lg border bg-panel px-3 py-2.5 shadow-(--shadow)', tone === 'danger' && 'border-danger')}>
            <Toast.Description className="flex-1 break-words">{text}</Toast.Description>
            {action && <Toast.Action altText={action.label} onClick={action.run} className="shrink-0 font-medium text-accent underline-offset-2 hover:underline">{action.label}</Toast.Action>}
            <Toast.Close aria-label="Dismiss" className="text-muted hover:text-ink"><X aria-hidden className="size-4" /></Toast.Close>
          </Toast.Root>
        ))}
        <Toast.Viewport className="fixed right-4 bottom-4 z-50 flex w-80 max-w-[calc(100vw-2rem)] flex-col gap-2" />
      </Toast.Provider>
    </NoticeContext>
  );
}
