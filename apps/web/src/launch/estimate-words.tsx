import type { EstimateRunsQuery } from '../generated/graphql';
import { plural } from '../format/numbers';
import { formatDuration } from '../format/time';

type Estimates = EstimateRunsQuery['estimateRuns'];

/** "About 40 s (25 s – 1 min), from 6 earlier runs; 3 runs ahead take about 2 min". */
export function EstimateWords({ estimates }: { estimates: Estimates }) {
  const { runs, seconds, low, high, ahead, aheadSeconds, slots } = estimates;
  const one = runs[0];
  if (!one) return null;
  const reason = runs.find((run) => run.reason)?.reason;
  const last = Math.max(...runs.map(({ basedOn }) => basedOn));
  return (
    <div className="num flex flex-col gap-0.5 text-xs text-muted">
      {seconds === null ? <p>{reason}</p> : (
        <p title={one.similarity ? `From runs with ${one.similarity}.` : undefined}>
          <span className="font-medium text-ink">About {formatDuration(seconds)}</span>{low !== null && high !== null && ` (${formatDuration(low)} – ${formatDuration(high)})`}{runs.length > 1 && ` in all${slots > 1 ? `, ${slots} at a time` : ''}`}, from {plural(last, 'earlier run')}
        </p>
      )}
      {slots === 0 ? <p>No trainer is alive: it will wait.</p> : ahead > 0 && <p>{plural(ahead, 'run')} ahead{aheadSeconds !== null && aheadSeconds > 0 && `, about ${formatDuration(aheadSeconds)}`}</p>}
    </div>
  );
}
