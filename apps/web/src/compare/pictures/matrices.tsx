'use client';

import { parseAsInteger, parseAsString, useQueryStates } from 'nuqs';
import { useMemo } from 'react';
import { RunDot } from '../../charts/run-dot';
import { ConfusionMatrix, type ClassPair } from '../../run/confusion-matrix';
import { Button } from '../../ui/button';
import { Panel } from '../../ui/panel';
import { CellPictures } from './cell-pictures';
import { MatrixComparison } from './matrix-comparison';
import type { EvaluatedRun } from './evaluations';
import { mostConfused, narrowedTo, unionOf } from './matrix-difference';

/** Beyond this many classes a matrix is no longer read cell by cell. */
const mostClasses = 30;
const usualMatrices = 6;

/** Whose cell is looked at: of one run (`cell` with one id) or of the two that are compared. */
const address = { cell: parseAsString, label: parseAsString, predicted: parseAsString, many: parseAsInteger.withDefault(usualMatrices) };

/** What each run takes for what, side by side, and what two of them do differently. */
export function Matrices({ runs }: { runs: readonly EvaluatedRun[] }) {
  const [{ cell, label, predicted, many }, setAddress] = useQueryStates(address, { history: 'replace' });
  const all = useMemo(() => unionOf(runs.map(({ matrix }) => matrix)), [runs]);
  const classes = useMemo(() => mostConfused(runs.map(({ matrix }) => matrix), mostClasses), [runs]);
  const narrowed = useMemo(() => runs.map((run) => ({ ...run, matrix: narrowedTo(classes, run.matrix) })), [runs, classes]);
  const pair = label !== null && predicted !== null ? { label, predicted } : null;
  const choose = (ids: readonly string[]) => (next: ClassPair) => void setAddress({ cell: ids.join(), ...next });
  const chosenOf = (ids: readonly string[]) => (cell === ids.join() ? pair : null);
  const clear = () => void setAddress({ cell: null, label: null, predicted: null });
  const asked = cell?.split(',').filter((id) => runs.some((run) => run.id === id)) ?? [];
  return (
    <>
      {classes.length < all.length && <p className="text-muted">Of {all.length} classes, the {classes.length} with the most mistakes are shown.</p>}
      {narrowed.length > 1 && <MatrixComparison runs={runs} classes={classes} chosenOf={chosenOf} onChoose={(ids, next) => choose(ids)(next)} />}
      {pair && asked.length > 0 && <CellPictures runs={runs.filter(({ id }) => asked.includes(id))} pair={pair} onClear={clear} />}
      <Panel title="Confusion matrices">
        <div className="flex flex-wrap gap-x-10 gap-y-6">
          {narrowed.slice(0, many).map(({ id, name, matrix }) => (
            <div key={id} className="min-w-0 max-w-full">
              <h3 className="mb-1 flex items-center gap-2 font-medium"><RunDot id={id} />{name}</h3>
              <ConfusionMatrix classes={matrix.classes} matrix={matrix.counts} label={`Confusion matrix of ${name}`} chosen={chosenOf([id])} onChoose={choose([id])} />
            </div>
          ))}
        </div>
        {runs.length > many && <Button className="mt-4" onClick={() => void setAddress({ many: runs.length })}>Show all {runs.length} matrices</Button>}
      </Panel>
    </>
  );
}
