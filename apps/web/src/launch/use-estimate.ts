'use client';

import { useQuery } from '@apollo/client/react';
import type { GridRun } from '@thaw/config';
import { useEffect, useState } from 'react';
import { EstimateRunsDocument, type EstimateRunsQuery } from '../generated/graphql';
import { priorityOf, queueProblems } from '../queue/fitting';
import type { LaunchDraft } from './launch-draft';

/** Typing has paused for so long. */
const pause = 400;

/** What the server expects of these runs; the answer before stays while one types. */
export function useEstimate(project: string, draft: LaunchDraft, runs: readonly GridRun[] | null): EstimateRunsQuery['estimateRuns'] | null {
  const wanted = runs && draft.dataset && draft.backbone ? JSON.stringify({
    project, dataset: draft.dataset, datasetVersion: draft.datasetVersion === '' ? null : Number(draft.datasetVersion), backbone: draft.backbone,
    configs: runs.map(({ config }) => config), priority: Object.keys(queueProblems(draft.queue)).length > 0 ? 0 : priorityOf(draft.queue),
  }) : null;
  const [asked, setAsked] = useState<string | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(wanted), pause);
    return () => clearTimeout(timer);
  }, [wanted]);
  const { data, previousData, error } = useQuery(EstimateRunsDocument, { variables: { input: JSON.parse(asked ?? '{}') as never }, skip: asked === null, fetchPolicy: 'network-only' });
  // A dataset or backbone that does not exist is said at its field, by the launch.
  return wanted === null || error ? null : ((data ?? previousData)?.estimateRuns ?? null);
}
