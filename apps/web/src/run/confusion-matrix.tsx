import { cx } from '../ui/cx';

/** rows: true class, columns: predicted class. Shade is the share of the true class. */
export function ConfusionMatrix({ classes, matrix, label = 'Confusion matrix' }: { classes: readonly string[]; matrix: readonly (readonly number[])[]; label?: string }) {
  return (
    <div className="overflow-x-auto">
      <table aria-label={label} className="border-separate border-spacing-0.5 text-xs">
        <caption className="pb-1 text-left text-faint">Rows are the true class, columns what was predicted.</caption>
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
                {classes.map((predicted, column) => <MatrixCell key={predicted} count={matrix[row]?.[column] ?? 0} total={total} correct={row === column} title={`${name} predicted as ${predicted}`} />)}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function MatrixCell({ count, total, correct, title }: { count: number; total: number; correct: boolean; title: string }) {
  const share = total === 0 ? 0 : count / total;
  const hue = correct ? 'var(--heat)' : 'var(--heat-wrong)';
  // Off the diagonal even one mistake must be seen. Both hues stay readable under the theme's ink at any strength.
  const strength = count === 0 ? 0 : correct ? 15 + 85 * share : 25 + 75 * share;
  return (
    <td title={`${title}: ${count} of ${total}`} className={cx('num h-8 min-w-10 rounded-sm px-1.5 text-center', count === 0 ? 'text-faint' : 'font-medium')}
      style={{ background: `color-mix(in oklab, ${hue} ${Math.round(strength)}%, var(--sunken))` }}>
      {count}
    </td>
  );
}
