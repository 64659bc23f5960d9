import keras from './early-stopping.keras.json';
import { notStarted, observeEpoch, withFreshPatience, type EarlyStoppingRule } from './early-stopping';

const rule: EarlyStoppingRule = { earlyStopping: true, monitor: 'val/loss', mode: 'auto', patience: 2, minDelta: 0, startFromEpoch: 0 };

/** Feeds the values of epochs 1, 2, …; gives the epoch it stopped at (null: never), the best one and all that were kept. */
function run(values: number[], changes: Partial<EarlyStoppingRule> = {}) {
  let state = notStarted;
  const kept: number[] = [];
  for (const [index, value] of values.entries()) {
    const verdict = observeEpoch({ ...rule, ...changes }, state, index + 1, value);
    state = verdict.state;
    if (verdict.keep) kept.push(index + 1);
    if (verdict.stop) return { stoppedAt: index + 1, bestEpoch: state.bestEpoch, kept };
  }
  return { stoppedAt: null, bestEpoch: state.bestEpoch, kept };
}

const number = (value: number | string) => (typeof value === 'number' ? value : Number(value.replace('inf', 'Infinity')));

test(`stops and restores when Keras does, over ${keras.length} sequences`, () => {
  const ours = keras.map((given) => {
    const { stoppedAt, kept } = run(given.values.map(number), {
      monitor: given.monitor as EarlyStoppingRule['monitor'], mode: (given.mode ?? 'auto') as EarlyStoppingRule['mode'],
      patience: given.patience ?? 0, minDelta: given.min_delta ?? 0, baseline: given.baseline ?? undefined, startFromEpoch: given.start_from_epoch ?? 0,
    });
    // Without a monitored epoch nothing is restored: the model ends with its last one.
    return { ...given, stoppedAt, endsWith: kept.at(-1) ?? given.values.length };
  });
  expect(ours).toEqual(keras);
});

test('the sequences include every kind of end', () => {
  expect(new Set(keras.map(({ stoppedAt }) => stoppedAt === null)).size).toBe(2);
  expect(keras.some(({ stoppedAt, endsWith }) => stoppedAt !== null && endsWith === 1)).toBe(true);
  expect(keras.some(({ baseline, stoppedAt }) => typeof baseline === 'number' && stoppedAt !== null)).toBe(true);
});

test('without early stopping the best epoch is still known', () => {
  expect(run([3, 1, 2, 2, 2, 2], { earlyStopping: false })).toEqual({ stoppedAt: null, bestEpoch: 2, kept: [1, 2] });
});

test('after unfreezing patience starts anew and the best value stays', () => {
  const waited = { best: 1, bestEpoch: 3, wait: 1 };
  expect(observeEpoch(rule, withFreshPatience(waited), 5, 2)).toEqual({ state: { best: 1, bestEpoch: 3, wait: 1 }, keep: false, stop: false });
});
