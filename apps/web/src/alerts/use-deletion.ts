'use client';

import { useApolloClient } from '@apollo/client/react';
import { useState } from 'react';
import { AlertsDocument, DeleteAlertRuleDocument, DeleteWebhookDocument, RestoreAlertRuleDocument, RestoreWebhookDocument } from '../generated/graphql';
import { useNotify } from '../ui/notices';

interface Deletable { what: 'rule' | 'webhook'; id: string; name: string }

/** Deletes a rule or webhook, and brings the last one back. */
export function useDeletion() {
  const client = useApolloClient();
  const notify = useNotify();
  const [last, setLast] = useState<Deletable | null>(null);

  const run = async ({ what, id, name }: Deletable, restore: boolean) => {
    const documents = what === 'rule' ? [DeleteAlertRuleDocument, RestoreAlertRuleDocument] : [DeleteWebhookDocument, RestoreWebhookDocument];
    try {
      const { data } = await client.mutate({ mutation: documents[restore ? 1 : 0]! as typeof DeleteAlertRuleDocument, variables: { id }, refetchQueries: [AlertsDocument], awaitRefetchQueries: true });
      const [answer] = Object.values(data ?? {}) as { userErrors: { message: string }[] }[];
      const errors = answer?.userErrors ?? [];
      if (errors.length === 0) return setLast(restore ? null : { what, id, name });
      notify(errors.map(({ message }) => message).join(' '), 'danger');
    } catch (error) {
      notify(`${name} could not be ${restore ? 'brought back' : 'deleted'}: ${(error as Error).message}`, 'danger');
    }
  };

  return { last, remove: (one: Deletable) => void run(one, false), undo: () => last && void run(last, true), forget: () => setLast(null) };
}
