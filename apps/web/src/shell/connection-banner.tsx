'use client';

import { WifiOff } from 'lucide-react';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useConnection } from '../graphql/connection';
import { useNotify } from '../ui/notices';

const onLine = (watcher: () => void) => {
  window.addEventListener('online', watcher);
  window.addEventListener('offline', watcher);
  return () => {
    window.removeEventListener('online', watcher);
    window.removeEventListener('offline', watcher);
  };
};

/** Says that what is on the page may be old, once a lost connection has lasted long enough to notice. */
export function ConnectionBanner() {
  const online = useSyncExternalStore(onLine, () => navigator.onLine, () => true);
  const lost = useConnection() === 'lost';
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    if (!lost) return setLasting(false);
    const timer = setTimeout(() => setLasting(true), 1500);
    return () => clearTimeout(timer);
  }, [lost]);
  useDelayedPages(online, lost);
  if (online && !lasting) return null;
  return (
    <div role="status" className="flex items-center gap-2 border-b bg-warning-soft px-4 py-1.5 text-warning">
      <WifiOff aria-hidden className="size-4 shrink-0" />
      <span><strong className="font-semibold">{online ? 'Reconnecting to the Thaw server …' : 'You are offline.'}</strong>{' '}
        <span className="text-ink">Runs keep training; what you see may be old. What you typed is kept.</span></span>
    </div>
  );
}

/** Next.js holds back what is asked for without a connection, and opens it afterwards. Says so to whoever follows a link. */
function useDelayedPages(online: boolean, lost: boolean): void {
  const notify = useNotify();
  useEffect(() => {
    if (online && !lost) return;
    const onClick = (event: MouseEvent) => {
      // A link that the browser follows by itself, into a new tab or onto the disk, is not prevented.
      if (!event.defaultPrevented || !(event.target as Element).closest('a[href]')) return;
      notify(`${online ? 'The Thaw server does not answer' : 'You are offline'}; the page opens when the connection is back.`);
    };
    window.addEventListener('click', onClick);
    return () => window.removeEventListener('click', onClick);
  }, [online, lost, notify]);
}
