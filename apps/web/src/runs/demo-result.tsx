'use client';

import { useQuery } from '@apollo/client/react';
import { ActiveRunsDocument, type TableRunFragment } from '../generated/graphql';
import { formatPercent } from '../format/numbers';
import { useProjectPath } from '../shell/project-context';
import { ButtonLink } from '../ui/button';
import { Callout } from '../ui/callout';
import { bestAccuracy } from './run-figures';

/** What the demo showed, until the project has runs of its own. */
export function DemoResult({ rows }: { rows: readonly TableRunFragment[] }) {
  const path = useProjectPath();
  const isDemo = rows.length === 3 && rows.every((run) => run.tags.includes('demo') && run.status === 'FINISHED');
  const { data } = useQuery(ActiveRunsDocument, { variables: { ids: rows.map(({ id }) => id) }, skip: !isDemo });
  if (!isDemo || !data) return null;
  const runs = data.runs.nodes;
  const finished = runs.filter((run) => run.tags.includes('demo') && run.status === 'FINISHED' && bestAccuracy(run) !== null);
  const scratch = finished.find((run) => run.name === 'from-scratch');
  const transfer = finished.filter((run) => run !== scratch).sort((a, b) => bestAccuracy(b)! - bestAccuracy(a)!)[0];
  if (finished.length < runs.length || finished.length !== 3 || !scratch || !transfer) return null;
  const [reached, without] = [bestAccuracy(transfer)!, bestAccuracy(scratch)!];
  return (
    <Callout tone="info" title={reached > without ? `Transfer learning won: ${formatPercent(reached)} against ${formatPercent(without)} from scratch` : `From scratch reached ${formatPercent(without)}, transfer learning ${formatPercent(reached)}`}
      actions={<ButtonLink size="sm" href={`${path('compare')}?runs=${finished.map(({ id }) => id).join(',')}`}>Compare the demo runs</ButtonLink>}>
      {transfer.name} did best. Clone it to change a hyperparameter, or import pictures of your own under Datasets.
    </Callout>
  );
}
