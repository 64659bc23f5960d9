'use client';

import { ServerOff } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { EmptyState } from '../ui/panel';

/** Shown when not even the list of projects came; looks again by itself. */
export function Unreachable() {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => router.refresh(), 3000);
    return () => clearInterval(timer);
  }, [router]);
  return (
    <main id="main" className="grid min-h-dvh place-items-center">
      <EmptyState heading="h1" icon={<ServerOff />} title="The Thaw server does not answer yet">
        It may still be starting. Check that `npm start` runs in its terminal; this page looks again every three seconds.
      </EmptyState>
    </main>
  );
}
