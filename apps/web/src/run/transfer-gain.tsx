import { formatPercent } from '../format/numbers';
import type { RunEvaluationQuery } from '../generated/graphql';

type Gain = NonNullable<NonNullable<RunEvaluationQuery['run']>['evaluation']>['transferGain'][number];

const against: Record<Gain['baseline'], { over: string; name: string }> = {
  SCRATCH: { over: 'training from scratch', name: 'the twin from scratch' },
  RANDOM_PROBE: { over: 'a head on random weights', name: 'the probe on random weights' },
};

/** What pretraining bought, in a sentence for each baseline; nothing when none was asked for. */
export function TransferGain({ gains }: { gains: readonly Gain[] }) {
  if (gains.length === 0) return null;
  return (
    <ul aria-label="Transfer gain" className="flex flex-col gap-2">
      {gains.map((gain) => (
        <li key={gain.baseline} className="rounded-md bg-sunken px-3 py-2">
          <GainSentence gain={gain} />
        </li>
      ))}
    </ul>
  );
}

function GainSentence({ gain: { baseline, accuracy, gain, low, high, problem } }: { gain: Gain }) {
  const { over, name } = against[baseline];
  if (gain == null || low == null || high == null || accuracy == null) return <p>There is no gain over {over}: {name} came to no result. <span className="text-muted">{problem}</span></p>;
  return (
    <>
      <p><strong className="font-semibold">Pretraining {gain < 0 ? 'cost' : 'bought'} {points(Math.abs(gain))} points</strong> (95 % interval {points(low, 0)} to {points(high, 0)}) over {over}.</p>
      <p className="text-xs text-muted">
        {name[0]!.toUpperCase() + name.slice(1)} reached {formatPercent(accuracy)} on the same pictures.
        {low <= 0 && high >= 0 && ' The interval holds zero: so few pictures cannot tell the two apart.'}
      </p>
    </>
  );
}

const points = (share: number, digits = 1) => (share * 100).toFixed(digits).replace('-', '−').replace(/^−(0(\.0)?)$/, '$1');
