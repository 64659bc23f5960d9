'use client';

import { ArrowDown, ArrowUp } from 'lucide-react';
import { useState } from 'react';
import type { RunEvaluationQuery } from '../generated/graphql';
import { formatPercent } from '../format/numbers';
import { cx } from '../ui/cx';

type Evaluation = NonNullable<NonNullable<RunEvaluationQuery['run']>['evaluation']>;
type Sort = { by: (typeof columns)[number]['key'] | null; descending: boolean };

const columns = [{ key: 'label', name: 'Class' }, { key: 'precision', name: 'Precision' }, { key: 'recall', name: 'Recall' }, { key: 'f1', name: 'F1' }, { key: 'support', name: 'Pictures' }] as const;

/** In the model's order until a heading is clicked; figures then lowest first, because those need attention. */
export function ClassTable({ perClass, macroAverage, weightedAverage }: Pick<Evaluation, 'perClass' | 'macroAverage' | 'weightedAverage'>) {
  const [sort, setSort] = useState<Sort>({ by: null, descending: false });
  const averages = [{ name: 'Macro average', ...macroAverage }, { name: 'Weighted average', ...weightedAverage }];
  return (
    <div className="overflow-x-auto">
      <table className="grid-table" aria-label="Per class">
        <thead>
          <tr>
            {columns.map(({ key, name }) => {
              const sorted = sort.by === key;
              return (
                <th key={key} scope="col" aria-sort={sorted ? (sort.descending ? 'descending' : 'ascending') : undefined} className={cx(key !== 'label' && 'right')}>
                  <button type="button" onClick={() => setSort({ by: key, descending: sorted && !sort.descending })} className={cx('inline-flex items-center gap-1 align-middle hover:text-ink', key !== 'label' && 'flex-row-reverse', sorted && 'text-ink')}>
                    {name}
                    {sorted && (sort.descending ? <ArrowDown aria-hidden className="size-3" /> : <ArrowUp aria-hidden className="size-3" />)}
                  </button>
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {inOrder(perClass, sort).map(({ label, support, ...shares }) => <Row key={label} name={label} {...shares} support={support} />)}
          {averages.map((average) => <Row key={average.name} {...average} muted />)}
        </tbody>
      </table>
    </div>
  );
}

function Row({ name, precision, recall, f1, support, muted = false }: { name: string; precision: number; recall: number; f1: number; support?: number; muted?: boolean }) {
  return (
    <tr className={cx(muted && 'bg-sunken')}>
      <th scope="row" className={muted ? undefined : 'text-ink!'}>{name}</th>
      {[precision, recall, f1].map((share, index) => <td key={index} className="right whitespace-nowrap">{formatPercent(share)}</td>)}
      <td className="right">{support}</td>
    </tr>
  );
}

function inOrder(perClass: Evaluation['perClass'], { by, descending }: Sort): Evaluation['perClass'] {
  if (by === null) return perClass;
  const sign = descending ? -1 : 1;
  return [...perClass].sort((a, b) => sign * (by === 'label' ? a.label.localeCompare(b.label, 'en', { numeric: true }) : a[by] - b[by]));
}
