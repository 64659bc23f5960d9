'use client';

import { useQuery } from '@apollo/client/react';
import { CompareEvaluationsDocument, type CompareRunFragment } from '../../generated/graphql';
import { isActive } from '../../runs/run-status';
import type { Matrix } from './matrix-difference';

/** So many runs' pictures are compared at once; the API takes no more. */
export const mostRuns = 20;

export interface EvaluatedRun { id: string; name: string; matrix: Matrix; /** Of its dataset version. */ versionId: string | null }

/** The runs that have ended with an evaluation, in the order given. */
export function useEvaluations(runs: readonly CompareRunFragment[]) {
  const ended = runs.filter(({ status }) => !isActive(status)).slice(0, mostRuns);
  const { data, error, refetch } = useQuery(CompareEvaluationsDocument, { variables: { ids: ended.map(({ id }) => id) }, skip: ended.length === 0 });
  const evaluated = ended.flatMap(({ id, name, dataset }): EvaluatedRun[] => {
    const evaluation = data?.runs.nodes.find((run) => run.id === id)?.evaluation;
    return evaluation ? [{ id, name, matrix: { classes: evaluation.classes, counts: evaluation.confusionMatrix }, versionId: dataset?.id ?? null }] : [];
  });
  return { evaluated, loading: ended.length > 0 && !data && !error, error, refetch };
}
