'use client';

import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { formatPercent, plural } from '../../format/numbers';
import type { ClassPair } from '../../run/confusion-matrix';
import { cx } from '../../ui/cx';
import { Callout } from '../../ui/callout';
import { Panel } from '../../ui/panel';
import { Segments } from '../../ui/segments';
import type { EvaluatedRun } from './evaluations';
import { largestChanges, matrixDifference, type CellChange } from './matrix-difference';
import { RunPair, useRunPair } from './run-pair';

type Unit = 'counts' | 'shares';
const units = [{ value: 'counts', label: 'Pictures' }, { value: 'shares', label: 'Share of class' }] as const;

interface MatrixComparisonProps { runs: readonly EvaluatedRun[]; classes: readonly string[]; chosenOf: (ids: readonly string[]) => ClassPair | null; onChoose: (ids: readonly string[], pair: ClassPair) => void }

/** One run's matrix minus another's: what became better, what worse. */
export function MatrixComparison({ runs, classes, chosenOf, onChoose }: MatrixComparisonProps) {
  const [unit, setUnit] = useQueryState('unit', parseAsStringLiteral(['counts', 'shares']).withDefault('counts').withOptions({ history: 'replace' }));
  const { first, second } = useRunPair(runs);
  const difference = matrixDifference(first.matrix, second.matrix, unit, classes);
  const ids = [first.id, second.id];
  const chosen = chosenOf(ids);
  return (
    <Panel title="What changed" actions={<Segments label="Counted in" value={unit} onChange={(next) => void setUnit(next)} options={units} />}>
      <div className="flex flex-col gap-3">
        <RunPair runs={runs} />
        {first.versionId !== second.versionId && <Callout tone="warning" title="These two were evaluated on different dataset versions">What is different here is of their pictures as much as of the models. The gallery compares only pictures that both have seen.</Callout>}
        <p><ChangeSentence changes={largestChanges(difference)} unit={unit} from={first.name} to={second.name} /></p>
        <p className="text-xs text-muted">Rows are the true class, columns what was predicted. <span className="rounded-sm px-1 whitespace-nowrap text-ink" style={{ background: tint(true, 0.6) }}>▲ better</span> <span className="rounded-sm px-1 whitespace-nowrap text-ink" style={{ background: tint(false, 0.6) }}>▼ worse</span> Click a cell to see its pictures.</p>
        <div tabIndex={0} role="region" aria-label="Difference, scrolls" className="overflow-x-auto">
          <table aria-label={`Difference from ${first.name} to ${second.name}`} className="border-separate border-spacing-0.5 text-xs">
            <thead>
              <tr><th scope="col" className="px-2 py-1 text-left font-normal text-muted">true \ predicted</th>{difference.classes.map((name) => <th key={name} scope="col" title={name} className="max-w-20 truncate px-1 py-1 font-medium">{name}</th>)}</tr>
            </thead>
            <tbody>
              {difference.cells.map((row, index) => (
                <tr key={difference.classes[index]}>
                  <th scope="row" title={difference.classes[index]} className="max-w-32 truncate px-2 py-1 text-left font-medium">{difference.classes[index]}</th>
                  {row.map((cell) => <ChangeCell key={cell.predicted} cell={cell} unit={unit} largest={difference.largest} chosen={chosen?.label === cell.label && chosen.predicted === cell.predicted} onChoose={() => onChoose(ids, cell)} />)}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </div>
    </Panel>
  );
}

const amount = (value: number, unit: Unit) => (unit === 'shares' ? formatPercent(value, 0) : String(value));
/** Blue is better, orange worse, as far as the change is from nothing; both readable under the theme's ink. */
const tint = (better: boolean, share: number) => `color-mix(in oklab, var(${better ? '--heat' : '--heat-wrong'}) ${Math.round(20 + 80 * share)}%, var(--sunken))`;

function ChangeCell({ cell, unit, largest, chosen, onChoose }: { cell: CellChange; unit: Unit; largest: number; chosen: boolean; onChoose: () => void }) {
  const { label, predicted, before, after, change, better } = cell;
  const told = `${label} predicted as ${predicted}: ${amount(before, unit)} before, ${amount(after, unit)} after${better === null ? ', unchanged' : better ? ', better' : ', worse'}`;
  if (before === 0 && after === 0) return <td title={told} className="h-9 min-w-11 rounded-sm bg-sunken text-center text-muted">·</td>;
  return (
    <td title={told} className={cx('num h-9 min-w-11 rounded-sm p-0 text-center', chosen && 'outline-2 outline-ink')} style={{ background: better === null ? 'var(--sunken)' : tint(better, largest === 0 ? 0 : Math.abs(change) / largest) }}>
      <button type="button" aria-label={told} aria-pressed={chosen} onClick={onChoose} className="flex w-full flex-col items-center px-1.5 py-1 leading-tight font-medium whitespace-nowrap">
        {better === null ? '0' : <span>{better ? '▲' : '▼'} {change > 0 ? '+' : '−'}{amount(Math.abs(change), unit)}</span>}
        <span className="text-[11px] font-normal">{amount(before, unit)} → {amount(after, unit)}</span>
      </button>
    </td>
  );
}

/** "roses → tulips: 7 fewer mistakes (9 → 2)" */
function ChangeSentence({ changes, unit, from, to }: { changes: readonly CellChange[]; unit: Unit; from: string; to: string }) {
  if (changes.length === 0) return <>{to} makes the same mistakes as {from}.</>;
  return (
    <>
      <span className="font-medium">{to} against {from}:</span>{' '}
      {changes.map(({ label, predicted, change, before, after }, index) => (
        <span key={`${label}/${predicted}`}>
          {index > 0 && '; '}{label} → {predicted}: {unit === 'counts' ? `${plural(Math.abs(change), `${change < 0 ? 'fewer' : 'more'} mistake`)}` : `${formatPercent(Math.abs(change), 0)} of the class ${change < 0 ? 'fewer' : 'more'} mistaken`} <span className="num text-muted">({amount(before, unit)} → {amount(after, unit)})</span>
        </span>
      ))}.
    </>
  );
}

