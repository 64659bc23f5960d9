'use client';

import { useApolloClient } from '@apollo/client/react';
import { useCallback } from 'react';
import { ReportRunsDocument } from '../generated/graphql';
import { useProject } from '../shell/project-context';
import type { Material } from './templates';
import { runVariables } from './view/use-block-runs';

const usualMetric = 'val/accuracy';

/** Reads what templates and new blocks are filled with: the project's best runs, or its newest while none has ended. */
export function useMaterial(): () => Promise<Material> {
  const client = useApolloClient();
  const project = useProject();
  return useCallback(async () => {
    const read = async (search: string | undefined, by: string | undefined) => {
      const { data } = await client.query({ query: ReportRunsDocument, variables: runVariables(project, { search, by, first: 3 }, [usualMetric]), fetchPolicy: 'no-cache' });
      return data?.runs.nodes ?? [];
    };
    const finished = await read('status:finished', usualMetric);
    const runs = finished.length > 0 ? finished : await read(undefined, undefined);
    const logsUsual = runs.some((run) => [...run.figures, ...run.finalMetrics].some(({ key }) => key === usualMetric));
    const metric = logsUsual ? usualMetric : (runs[0]?.finalMetrics[0]?.key ?? runs[0]?.metrics[0]?.key ?? usualMetric);
    return { best: runs.map(({ id, name, kind, status }) => ({ id, name, evaluated: kind === 'MANAGED' && status === 'FINISHED' })), metric, today: new Date().toISOString().slice(0, 10) };
  }, [client, project]);
}
