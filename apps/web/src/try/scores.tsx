import { formatPercent } from '../format/numbers';
import { cx } from '../ui/cx';

/** Below this the best class is more of a guess. */
const sure = 0.5;

/** The five most probable classes, as bars. */
export function Scores({ labels, scores, truth }: { labels: readonly string[]; scores: readonly number[]; truth?: string }) {
  const best = scores.map((score, index) => ({ label: labels[index] ?? `class ${index}`, score })).sort((a, b) => b.score - a.score).slice(0, 5);
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <ol aria-label="Most probable classes" className="flex flex-col gap-1">
        {best.map(({ label, score }, place) => (
          <li key={label} className="grid grid-cols-[minmax(4rem,8rem)_1fr_3.5rem] items-center gap-2">
            <span className={cx('truncate', place === 0 && 'font-semibold')} title={label}>{label}</span>
            <span aria-hidden className="h-2 overflow-hidden rounded-full bg-hover"><span className={cx('block h-full rounded-full', place === 0 ? 'bg-accent' : 'bg-line-strong')} style={{ width: `${score * 100}%` }} /></span>
            <span className="num text-right text-muted" title={score.toPrecision(6)}>{formatPercent(score)}</span>
          </li>
        ))}
      </ol>
      {truth !== undefined && <p className={best[0]?.label === truth ? 'text-success' : 'text-danger'}>{best[0]?.label === truth ? 'Right' : 'Wrong'}: it is {truth}.</p>}
      {best[0] && best[0].score < sure && <p className="rounded bg-warning-soft px-2 py-1 text-warning">Not sure: the best class has {formatPercent(best[0].score, 0)}. The picture may be of none of the classes.</p>}
    </div>
  );
}
