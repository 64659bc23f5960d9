'use client';

import { Button } from '../ui/button';
import { CopyButton } from '../ui/copy-button';
import { Dialog } from '../ui/dialog';

/** The one time that a secret is to be seen. */
export function SecretDialog({ shown, onClose }: { shown: { name: string; secret: string } | null; onClose: () => void }) {
  return (
    <Dialog open={shown !== null} onOpenChange={(open) => !open && onClose()} title={`Secret of ${shown?.name ?? ''}`} description="It signs every message. This is the only time it is shown.">
      <div className="flex flex-col gap-4">
        <div className="flex items-center gap-2 rounded-md border bg-sunken px-2.5 py-1.5"><code className="min-w-0 flex-1 text-xs break-all">{shown?.secret}</code><CopyButton text={shown?.secret ?? ''} label="Copy the secret" /></div>
        <p className="text-muted">A program of yours checks the signature with it, as Standard Webhooks describes; <code>docs/alerts.md</code> has the lines for Node and Python. Slack and Discord do not need it.</p>
        <div className="flex justify-end"><Button variant="primary" onClick={onClose}>I have it</Button></div>
      </div>
    </Dialog>
  );
}
