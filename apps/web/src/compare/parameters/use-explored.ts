'use client';

import { useQueryStates } from 'nuqs';
import { useMemo } from 'react';
import { lowerIsBetter } from '../../charts/metric-keys';
import type { CompareRunFragment } from '../../generated/graphql';
import { describeRuns, metricColumn, metricOf, telling, type Column } from './columns';
import { parametersAddress } from './parameters-address';
import { useLogged } from './use-logged';

type Address = ReturnType<typeof useAddress>[0];
type SetAddress = ReturnType<typeof useAddress>[1];

/** What every view of the tab works with. */
export interface Explored {
  runs: readonly CompareRunFragment[];
  /** All but metrics. */
  columns: readonly Column[];
  target: Column;
  /** Whether less of the target is better. */
  lower: boolean;
  /** null: no run has it. */
  columnOf(id: string): Column | null;
  isLog(column: Column): boolean;
  toggleLog(column: Column): void;
  axes: readonly Column[];
  address: Address;
  setAddress: SetAddress;
}

const useAddress = () => useQueryStates(parametersAddress, { history: 'replace' });

export function useExplored(runs: readonly CompareRunFragment[]) {
  const [address, setAddress] = useAddress();
  const { target, better, axes, sx, sy, colour, size, log, linear } = address;
  const key = metricOf(target)?.key ?? 'val/accuracy';
  const targetId = metricOf(target) ? target : `best:${key}`;
  const lower = better ? better === 'lower' : (lowerIsBetter(key) ?? false);
  const metricIds = [targetId, ...(axes ?? []), sx, sy, colour, size].filter((id): id is string => id !== null && metricOf(id) !== null);
  const { logged, loading, error, refetch } = useLogged(runs.map(({ id }) => id), metricIds.map((id) => metricOf(id)!.key));
  const columns = useMemo(() => describeRuns(runs), [runs]);
  const wanted = [...new Set(metricIds)].join('\n');
  const metrics = useMemo(() => {
    if (!logged) return new Map<string, Column>();
    const better = (id: string) => (id === targetId ? lower : (lowerIsBetter(metricOf(id)!.key) ?? false));
    return new Map(wanted.split('\n').map((id) => [id, metricColumn(id, runs, logged, better(id))]));
  }, [logged, wanted, runs, lower, targetId]);

  const columnOf = (id: string) => metrics.get(id) ?? columns.find((column) => column.id === id) ?? null;
  const explored = useMemo((): Explored | null => {
    const targetColumn = metrics.get(targetId);
    if (!targetColumn) return null;
    return {
      runs, columns, lower, columnOf, address, setAddress,
      target: targetColumn,
      axes: axes ? axes.flatMap((id) => columnOf(id) ?? []) : [...telling(columns).slice(0, 6), targetColumn],
      isLog: (column) => column.kind === 'number' && column.min > 0 && (column.wide ? !linear.includes(column.id) : log.includes(column.id)),
      toggleLog: (column) => {
        const flip = (ids: readonly string[]) => (ids.includes(column.id) ? ids.filter((id) => id !== column.id) : [...ids, column.id]);
        void setAddress(column.wide ? { linear: flip(linear) } : { log: flip(log) });
      },
    };
    // columnOf is of the same columns and metrics.
  }, [runs, columns, metrics, targetId, lower, address, setAddress]);
  return { explored, loading, error, refetch, targetId };
}
