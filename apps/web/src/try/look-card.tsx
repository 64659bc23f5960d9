import { Callout } from '../ui/callout';
import { Skeleton } from '../ui/panel';
import type { Classifier } from './load-classifier';
import { Scores } from './scores';
import { SeenPicture } from './seen-picture';
import type { Look } from './use-looks';

export function LookCard({ look: { name, url, truth, sight, problem }, classifier: { labels, side } }: { look: Look; classifier: Classifier }) {
  return (
    <li aria-label={name} className="grid items-start gap-3 border-b p-3 last:border-b-0 sm:grid-cols-[auto_minmax(0,1fr)]">
      {!problem && (
        <div className="flex gap-2">
          <figure><img src={url} alt={name} className="size-28 rounded-md border bg-sunken object-contain" /><figcaption className="max-w-28 truncate text-xs text-faint" title={name}>{name}</figcaption></figure>
          {sight && <figure><SeenPicture seen={sight.seen} side={side} /><figcaption className="text-xs text-faint">seen, {side} × {side}</figcaption></figure>}
        </div>
      )}
      {problem ? <div className="sm:col-span-2"><Callout tone="danger" title={problem} /></div> : sight ? (
        <div className="min-w-0">
          <Scores labels={labels} scores={sight.scores} truth={truth} />
          <p className="num mt-1 text-xs text-faint">{sight.milliseconds.toFixed(0)} ms</p>
        </div>
      ) : <Skeleton rows={3} />}
    </li>
  );
}
