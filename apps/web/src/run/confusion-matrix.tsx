import { formatPercent } from '../format/numbers';
import { cx } from '../ui/cx';

/** A true class and what it was taken for. */
export interface ClassPair {
  label: string;
  predicted: string;
}

interface ConfusionMatrixProps {
  classes: readonly string[];
  matrix: readonly (readonly number[])[];
  label?: string;
  /** The cell that is looked at. With onChoose each cell is a button and shows its share of the true class as well. */
  chosen?: ClassPair | null;
  onChoose?: (pair: ClassPair) => void;
}

/** rows: true class, columns: predicted class. Shade is the share of the true class. */
export function ConfusionMatrix({ classes, matrix, label = 'Confusion matrix', chosen, onChoose }: ConfusionMatrixProps) {
  return (
    <div tabIndex={0} className="overflow-x-auto">
      <table aria-label={label} className="border-separate border-spacing-0.5 text-xs">
        <caption className="pb-1 text-left text-faint">Rows are the true class, columns what was predicted.{onChoose && ' Click a cell to see its pictures.'}</caption>
        <thead>
          <tr>
            <th scope="col" className="px-2 py-1 text-left font-normal text-faint">true \ predicted</th>
            {classes.map((name) => <th key={name} scope="col" className="max-w-20 truncate px-1 py-1 font-medium" title={name}>{name}</th>)}
          </tr>
        </thead>
        <tbody>
          {classes.map((name, row) => {
            const total = matrix[row]?.reduce((sum, count) => sum + count, 0) ?? 0;
            return (
              <tr key={name}>
                <th scope="row" className="max-w-32 truncate px-2 py-1 text-left font-medium" title={name}>{name}</th>
                {classes.map((predicted, column) => (
                  <MatrixCell key={predicted} count={matrix[row]?.[column] ?? 0} total={total} correct={row === column} title={`${name} predicted as ${predicted}`}
                    chosen={chosen?.label === name && chosen.predicted === predicted} onChoose={onChoose && (() => onChoose({ label: name, predicted }))} />
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function MatrixCell({ count, total, correct, title, chosen, onChoose }: { count: number; total: number; correct: boolean; title: string; chosen: boolean; onChoose?: () => void }) {
  const share = total === 0 ? 0 : count / total;
  const hue = correct ? 'var(--heat)' : 'var(--heat-wrong)';
  // Off the diagonal even one mistake must be seen. Both hues stay readable under the theme's ink at any strength.
  const strength = count === 0 ? 0 : correct ? 15 + 85 * share : 25 + 75 * share;
  const told = `${title}: ${count} of ${total}`;
  return (
    <td title={told} className={cx('num h-8 min-w-10 rounded-sm text-center', onChoose ? 'p-0' : 'px-1.5', count === 0 ? 'text-faint' : 'font-medium', chosen && 'outline-2 outline-ink')}
      style={{ background: `color-mix(in oklab, ${hue} ${Math.round(strength)}%, var(--sunken))` }}>
      {onChoose && count > 0 ? (
        <button type="button" aria-label={told} aria-pressed={chosen} onClick={onChoose} className="flex w-full flex-col items-center px-1.5 py-1 leading-tight">
          {count}<span className="text-[11px] font-normal">{formatPercent(share, 0)}</span>
        </button>
      ) : count}
    </td>
  );
}
