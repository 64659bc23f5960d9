'use client';

import { useApolloClient } from '@apollo/client/react';
import { useState } from 'react';
import { CloneRunDocument, LaunchRunDocument } from '../generated/graphql';
import { constraintsOf, priorityOf } from '../queue/fitting';
import { changesFromParent, draftConfig, errorsByField, type LaunchDraft } from './launch-draft';
import type { Parent } from './parent';

const splitTags = (tags: string) => tags.split(/[\s,]+/).filter(Boolean);

/** Launches a draft, or clones its parent with what was changed; null and errors by field when the server refuses. */
export function useLaunch(project: string, parent: Parent | null) {
  const client = useApolloClient();
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<Record<string, string>>({});

  async function send(draft: LaunchDraft) {
    const words = { name: draft.name.trim() || null, tags: splitTags(draft.tags), notes: draft.notes.trim() || null, priority: priorityOf(draft.queue), constraints: constraintsOf(draft.queue) };
    if (!parent) {
      const { data } = await client.mutate({
        mutation: LaunchRunDocument,
        variables: { input: { project, dataset: draft.dataset, backbone: draft.backbone, config: draftConfig(draft.values), ...words } },
      });
      return data!.launchRun;
    }
    const config = Object.fromEntries(changesFromParent(parent.config, draft.values).map(({ key, after }) => [key, after]));
    const { data } = await client.mutate({
      mutation: CloneRunDocument,
      variables: {
        input: {
          id: parent.id, config, ...words,
          dataset: draft.dataset === parent.dataset.dataset.name ? null : draft.dataset,
          backbone: draft.backbone === parent.backbone.name ? null : draft.backbone,
        },
      },
    });
    return data!.cloneRun;
  }

  async function launch(draft: LaunchDraft) {
    setBusy(true);
    setErrors({});
    try {
      const { run, userErrors } = await send(draft);
      if (run && userErrors.length === 0) return run;
      setErrors(errorsByField(userErrors));
    } catch (error) {
      setErrors({ '': `The server could not be asked (${(error as Error).message}). Nothing was launched and nothing you typed is lost; try again.` });
    } finally {
      setBusy(false);
    }
    return null;
  }

  const forgetError = (field: string) => setErrors(({ [field]: _gone, ...rest }) => rest);
  return { launch, busy, errors, forgetError };
}
