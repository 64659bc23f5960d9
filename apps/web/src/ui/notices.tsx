'use client';

import { createContext, useCallback, useContext, useEffect, useState, type ReactNode } from 'react';
import { later, useLater } from './later';

/** Such as Undo: the notice goes when it is pressed. */
export interface NoticeAction { label: string; run: () => void }
export interface Notice { id: number; text: string; tone: 'info' | 'danger'; action?: NoticeAction }
type Notify = (text: string, tone?: Notice['tone'], action?: NoticeAction) => void;
const NoticeContext = createContext<Notify>(() => undefined);

/** Says that something happened away from where the person looks. */
export const useNotify = () => useContext(NoticeContext);

const toasts = later(() => import('./toasts').then((module) => module.Toasts));
let nextId = 1;

export function NoticeProvider({ children }: { children: ReactNode }) {
  const [notices, setNotices] = useState<Notice[]>([]);
  const [used, setUsed] = useState(false);
  useEffect(() => {
    // Something happens because somebody did something; then it may be that the connection is gone.
    const near = () => void toasts.load().catch(() => undefined);
    document.addEventListener('pointerdown', near, { capture: true, once: true });
    document.addEventListener('keydown', near, { capture: true, once: true });
    return () => {
      document.removeEventListener('pointerdown', near, { capture: true });
      document.removeEventListener('keydown', near, { capture: true });
    };
  }, []);
  const notify = useCallback<Notify>((text, tone = 'info', action) => {
    setUsed(true);
    setNotices((held) => [...held.slice(-3), { id: nextId++, text, tone, action }]);
  }, []);
  const Toasts = useLater(used, toasts, () => setUsed(false));
  return (
    <NoticeContext value={notify}>
      {children}
      {Toasts && <Toasts notices={notices} onClose={(id) => setNotices((held) => held.filter((notice) => notice.id !== id))} />}
    </NoticeContext>
  );
}
