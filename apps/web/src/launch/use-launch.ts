'use client';

import { useApolloClient } from '@apollo/client/react';
import { useState } from 'react';
import { uuidv7 } from 'uuidv7';
import { LaunchRunsDocument, type LaunchRunsInput } from '../generated/graphql';
import { Unreachable } from '../graphql/unreachable';
import { constraintsOf, priorityOf } from '../queue/fitting';
import { draftGrid, errorsByField, type LaunchDraft } from './launch-draft';
import type { Parent } from './parent';

const splitTags = (tags: string) => tags.split(/[\s,]+/).filter(Boolean);

/** Launches what a draft stands for, all of its runs or none; null and errors by field when the server refuses. */
export function useLaunch(project: string, parent: Parent | null) {
  const client = useApolloClient();
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<Record<string, string>>({});
  /** Why it is not known whether the server launched. */
  const [unconfirmed, setUnconfirmed] = useState<string | null>(null);

  /** `remember` keeps the request before it is sent: after a lost answer, or a reload meanwhile, the same one is asked again. */
  async function launch(draft: LaunchDraft, remember: (request: LaunchDraft['request']) => void) {
    setBusy(true);
    setErrors({});
    setUnconfirmed(null);
    const common = inputOf(project, parent, draft);
    const content = JSON.stringify(common);
    const request = draft.request?.content === content ? draft.request : { id: uuidv7(), content };
    remember(request);
    const tag = Object.keys(draftGrid(draft.values).grid).length > 0 ? draft.commonTag.trim() || `grid-${request.id.slice(-6)}` : null;
    try {
      const { data } = await client.mutate({ mutation: LaunchRunsDocument, variables: { input: { ...common, requestId: request.id, tags: [...common.tags, ...(tag ? [tag] : [])] } } });
      const { runs, userErrors } = data!.launchRuns;
      if (runs.length > 0 && userErrors.length === 0) return { runs, tag };
      setErrors(errorsByField(userErrors));
    } catch (error) {
      const why = error instanceof Unreachable ? '' : ` (${(error as Error).message})`;
      setUnconfirmed(`The server’s answer did not arrive${why}. Nothing you typed is lost. Launch again: what was launched after all will not be launched twice.`);
    } finally {
      setBusy(false);
    }
    return null;
  }

  const forgetError = (field: string) => setErrors(({ [field]: _gone, ...rest }) => rest);
  return { launch, busy, errors, unconfirmed, forgetError };
}

function inputOf(project: string, parent: Parent | null, draft: LaunchDraft): Omit<LaunchRunsInput, 'requestId'> & { tags: string[] } {
  const { config, grid } = draftGrid(draft.values);
  return {
    // The whole config is said: what the form shows is what runs, whatever its parent had.
    ...(parent ? { origin: parent.id, config: { ...Object.fromEntries(Object.keys(parent.config as object).map((name) => [name, null])), ...config } } : { project, config }),
    grid,
    dataset: draft.dataset,
    datasetVersion: draft.datasetVersion === '' ? null : Number(draft.datasetVersion),
    backbone: draft.backbone,
    name: draft.name.trim() || null,
    tags: splitTags(draft.tags),
    notes: draft.notes.trim() || null,
    priority: priorityOf(draft.queue),
    constraints: constraintsOf(draft.queue),
  };
}
