'use client';

import { useQuery } from '@apollo/client/react';
import { useMemo } from 'react';
import { lowerIsBetter } from '../../charts/metric-keys';
import { ActiveRunsDocument, ReportRunsDocument, type ReportRunsQuery, type ReportRunsQueryVariables } from '../../generated/graphql';
import { isActive } from '../../runs/run-status';
import { useProject } from '../../shell/project-context';
import type { Block } from '../blocks/parse-block';

export type BlockRun = ReportRunsQuery['runs']['nodes'][number];

const usualFirst = 10;
/** New runs that a search finds come in after this time; runs that are there change at once. */
const searchPollMs = 10_000;

type Selected = Pick<Block, 'runs' | 'search' | 'first' | 'by'>;

export function runVariables(project: string, { runs, search, first = usualFirst, by }: Selected, keys: readonly string[]): ReportRunsQueryVariables {
  const lower = by ? lowerIsBetter(by) === true : false;
  return {
    project, ids: runs ?? null, search: runs ? null : (search ?? null), first: runs?.length ?? first, keys: [...keys],
    orderBy: by ? { field: 'METRIC', key: by, stat: lower ? 'MIN' : 'MAX', direction: lower ? 'ASC' : 'DESC' } : { field: 'CREATED_AT', direction: 'DESC' },
  };
}

/** The runs of a block as they are now; missing: how many of those it names are not there any more. */
export function useBlockRuns(block: Selected, keys: readonly string[]) {
  const project = useProject();
  const { data, error, refetch } = useQuery(ReportRunsDocument, { variables: runVariables(project, block, keys), pollInterval: block.runs ? 0 : searchPollMs });
  const wanted = block.runs?.join(' ');
  const runs = useMemo(() => {
    const nodes = data?.runs.nodes ?? [];
    return wanted ? wanted.split(' ').flatMap((id) => nodes.find((run) => run.id === id) ?? []) : nodes;
  }, [data, wanted]);
  const activeIds = runs.filter(({ status }) => isActive(status)).map(({ id }) => id);
  useQuery(ActiveRunsDocument, { variables: { ids: activeIds }, skip: activeIds.length === 0, pollInterval: 3000 });
  return { runs, loaded: data !== undefined, error, retry: () => void refetch(), missing: data && block.runs ? block.runs.length - runs.length : 0 };
}
