'use client';

import { useMutation } from '@apollo/client/react';
import { ExternalLink } from 'lucide-react';
import { ShareReportDocument, UnshareReportDocument, type ReportHeadFragment } from '../../generated/graphql';
import { Button } from '../../ui/button';
import { Callout } from '../../ui/callout';
import { CopyButton } from '../../ui/copy-button';
import { Dialog } from '../../ui/dialog';
import { TextInput } from '../../ui/fields';
import { buttonClass } from '../../ui/button';

interface ShareProps { report: ReportHeadFragment; open: boolean; onOpenChange: (open: boolean) => void }

export function ShareDialog({ report: { id, sharePath }, open, onOpenChange }: ShareProps) {
  const [share, sharing] = useMutation(ShareReportDocument);
  const [unshare, unsharing] = useMutation(UnshareReportDocument);
  const error = sharing.error ?? unsharing.error;
  const refused = [...(sharing.data?.shareReport.userErrors ?? []), ...(unsharing.data?.unshareReport.userErrors ?? [])];
  const busy = sharing.loading || unsharing.loading;
  // What fails is said in the dialog.
  const make = (renew: boolean) => void share({ variables: { id, renew } }).catch(() => undefined);
  // While it is closed, the server draws this, too, and has no window.
  const url = open && sharePath ? `${window.location.origin}${sharePath}` : '';
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Share this report" description="A link under which the report is read, with charts that stay up to date, without the rest of the project.">
      <div className="flex flex-col gap-3">
        {(error || refused.length > 0) && <Callout tone="danger" title="It was not done">{error?.message ?? refused.map(({ message }) => message).join(' ')}</Callout>}
        {sharePath ? (
          <>
            <div className="flex items-center gap-1.5">
              <TextInput readOnly aria-label="Link" value={url} onFocus={(event) => event.target.select()} className="font-mono text-xs!" />
              <CopyButton text={url} label="Copy the link" />
              <a href={sharePath} target="_blank" rel="noreferrer" aria-label="Open the shared page" title="Open the shared page" className={buttonClass('ghost', 'icon')}><ExternalLink aria-hidden /></a>
            </div>
            <div className="flex flex-wrap gap-2">
              <Button busy={busy} onClick={() => make(true)}>Make a new link</Button>
              <Button variant="danger" busy={busy} onClick={() => void unshare({ variables: { id } }).catch(() => undefined)}>Revoke the link</Button>
            </div>
            <p className="text-xs text-muted">A new link, or revoking this one, makes the old one lead nowhere.</p>
          </>
        ) : <Button variant="primary" className="self-start" busy={busy} onClick={() => make(false)}>Create a link</Button>}
        <p className="rounded-md bg-sunken px-3 py-2 text-xs text-muted">The link keeps the project out of sight, not out of reach: Thaw has no accounts yet, so whoever can reach this server can read everything on it.</p>
      </div>
    </Dialog>
  );
}
