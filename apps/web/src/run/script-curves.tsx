'use client';

import { useQuery } from '@apollo/client/react';
import { useMemo, useState } from 'react';
import { sortMetricKeys } from '../charts/metric-keys';
import { RunMetricKeysDocument, type RunDetailFragment } from '../generated/graphql';
import { plural } from '../format/numbers';
import { isActive } from '../runs/run-status';
import { isSystemKey } from '../system/system-keys';
import { Button } from '../ui/button';
import { QueryError } from '../ui/callout';
import { Panel, Skeleton } from '../ui/panel';
import { curvesOf } from './curves-of';
import { RunCurves } from './run-curves';

const atFirst = 12;

/** Whatever a script has logged, a chart for each metric; those for training and validation share one. */
export function ScriptCurves({ run }: { run: RunDetailFragment }) {
  const active = isActive(run.status);
  const { data, error, refetch } = useQuery(RunMetricKeysDocument, { variables: { id: run.id }, pollInterval: active ? 5000 : 0 });
  const [all, setAll] = useState(false);
  const names = data?.run?.metrics.map(({ key }) => key).filter((key) => !isSystemKey(key)).join('\n');
  const curves = useMemo(() => curvesOf(sortMetricKeys(names ? names.split('\n') : [])), [names]);
  if (!data) return <Panel title="Curves">{error ? <QueryError error={error} retry={() => void refetch()} /> : <Skeleton rows={4} />}</Panel>;
  if (curves.length === 0) return <Panel title="Curves"><p className="text-muted">{active ? 'Curves appear here when the script logs a metric.' : 'The script logged no metrics.'}</p></Panel>;
  return (
    <div className="flex flex-col gap-3">
      <RunCurves run={run} curves={all ? curves : curves.slice(0, atFirst)} />
      {curves.length > atFirst && !all && <Button className="self-start" onClick={() => setAll(true)}>Show all {plural(curves.length, 'curve')}</Button>}
    </div>
  );
}
