'use client';

import { Button } from '../ui/button';
import { EmptyState } from '../ui/panel';

export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main id="main" className="grid min-h-[60dvh] place-items-center">
      <EmptyState heading="h1" title="This page stopped working" actions={<Button variant="primary" onClick={reset}>Try again</Button>}>
        <p role="alert">{error.message || 'An error without a message.'}</p>
        <p className="mt-1">Your runs are not affected. If it happens again, the terminal of `npm start` says more{error.digest ? ` (look for ${error.digest})` : ''}.</p>
      </EmptyState>
    </main>
  );
}
