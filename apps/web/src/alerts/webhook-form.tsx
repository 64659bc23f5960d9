'use client';

import { useMutation } from '@apollo/client/react';
import { useState, type FormEvent } from 'react';
import { RestoredNote } from '../draft/restored-note';
import { useDraft } from '../draft/use-draft';
import { AlertsDocument, CreateWebhookDocument, UpdateWebhookDocument, type HookFragment, type WebhookFormat } from '../generated/graphql';
import { useProject } from '../shell/project-context';
import { Button } from '../ui/button';
import { Callout } from '../ui/callout';
import { Dialog } from '../ui/dialog';
import { describedBy, Field, SelectInput, TextInput } from '../ui/fields';

interface WebhookDialogProps { open: boolean; onOpenChange: (open: boolean) => void; webhook: HookFragment | null; onSecret: (name: string, secret: string) => void }

/** webhook: the one to change; null: a new one. */
export function WebhookDialog({ open, onOpenChange, webhook, onSecret }: WebhookDialogProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={webhook ? 'Change the webhook' : 'Add a webhook'} description="An address that takes a POST: Slack, Discord, or a program of your own.">
      <WebhookForm webhook={webhook} onSecret={onSecret} onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

/** The address may hold a secret; it is kept no longer than the tab. */
interface WebhookDraft { name: string; url: string; format: WebhookFormat | '' }

function WebhookForm({ webhook, onSecret, onDone }: Pick<WebhookDialogProps, 'webhook' | 'onSecret'> & { onDone: () => void }) {
  const project = useProject();
  const start: WebhookDraft = { name: webhook?.name ?? '', url: '', format: webhook?.format ?? '' };
  const { draft: { name, url, format }, change: changeDraft, forget, reset, restored } = useDraft(`webhook:${project}:${webhook?.id ?? 'new'}`, start, 'tab');
  const [errors, setErrors] = useState<{ field?: string | null; message: string }[]>([]);
  const [create, creating] = useMutation(CreateWebhookDocument, { refetchQueries: [AlertsDocument] });
  const [update, updating] = useMutation(UpdateWebhookDocument, { refetchQueries: [AlertsDocument] });
  const change = (part: Partial<WebhookDraft>) => {
    changeDraft(part);
    setErrors([]);
  };
  const errorOf = (field: string) => errors.find((error) => error.field === field)?.message;
  const others = errors.filter(({ field }) => field !== 'name' && field !== 'url');

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setErrors([]);
    const given = name.trim() || hostOf(url);
    try {
      const answer = webhook
        ? (await update({ variables: { input: { id: webhook.id, name: given, url: url.trim() || null, format: format || null } } })).data?.updateWebhook
        : (await create({ variables: { input: { project, name: given, url: url.trim(), format: format || null } } })).data?.createWebhook;
      if (!answer?.webhook) return setErrors(answer?.userErrors ?? []);
      forget();
      onDone();
      if (answer.secret) onSecret(answer.webhook.name, answer.secret);
    } catch (error) {
      setErrors([{ message: (error as Error).message }]);
    }
  };

  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-4">
      <RestoredNote restored={restored} onReset={reset} />
      <Field id="webhook-url" label={webhook ? 'New address' : 'Address'} error={errorOf('url')} help={webhook ? `Left empty it stays ${webhook.shownAddress}` : 'It is stored, and not shown again as a whole.'}>
        <TextInput id="webhook-url" type="url" value={url} placeholder="https://hooks.slack.com/services/…" onChange={(event) => change({ url: event.target.value })} aria-invalid={Boolean(errorOf('url'))} aria-describedby={describedBy('webhook-url', true, errorOf('url'))} />
      </Field>
      <Field id="webhook-name" label="Name" error={errorOf('name')}>
        <TextInput id="webhook-name" value={name} placeholder={hostOf(url) || 'my team'} onChange={(event) => change({ name: event.target.value })} aria-invalid={Boolean(errorOf('name'))} aria-describedby={describedBy('webhook-name', false, errorOf('name'))} />
      </Field>
      <Field id="webhook-format" label="Messages as" help="Mattermost and Rocket.Chat understand those of Slack.">
        <SelectInput id="webhook-format" value={format} onChange={(event) => change({ format: event.target.value as WebhookDraft['format'] })} aria-describedby="webhook-format-help">
          {!webhook && <option value="">by the address</option>}
          <option value="GENERIC">JSON, for programs</option><option value="SLACK">Slack</option><option value="DISCORD">Discord</option>
        </SelectInput>
      </Field>
      {others.length > 0 && <Callout tone="danger" title="The webhook was not saved">{others.map(({ message }) => <p key={message}>{message}</p>)}</Callout>}
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" variant="primary" busy={creating.loading || updating.loading}>{webhook ? 'Save' : 'Add webhook'}</Button>
      </div>
    </form>
  );
}

const hostOf = (url: string) => (URL.canParse(url.trim()) ? new URL(url.trim()).host : '');
