import { notStarted, observeEpoch, withFreshPatience, type EarlyStoppingRule } from './early-stopping';

const rule: EarlyStoppingRule = { earlyStopping: true, monitor: 'val/loss', patience: 2, minDelta: 0, startFromEpoch: 0 };

/** Feeds the values of epochs 1, 2, …; gives the epoch it stopped at (null: never) and the best one. */
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

test('goes on while the loss falls', () => {
  expect(run([10, 9, 9.5, 8, 8.5, 7])).toEqual({ stoppedAt: null, bestEpoch: 6, kept: [1, 2, 4, 6] });
});

test('stops after as many epochs without improvement as its patience', () => {
  expect(run([10, 9, 9.5, 9.1, 1])).toEqual({ stoppedAt: 4, bestEpoch: 2, kept: [1, 2] });
});

test('accuracy is better when higher, and an equal value is no improvement', () => {
  expect(run([0.5, 0.8, 0.8, 0.7], { monitor: 'val/accuracy' })).toMatchObject({ stoppedAt: 4, bestEpoch: 2 });
});

test('patience 0 stops at the first epoch that does not improve, but never after the first', () => {
  expect(run([10, 9, 9], { patience: 0 })).toMatchObject({ stoppedAt: 3, bestEpoch: 2 });
  expect(run([Number.NaN], { patience: 0 })).toMatchObject({ stoppedAt: null, bestEpoch: 1 });
});

test('an improvement must be larger than minDelta', () => {
  expect(run([10, 9.95, 9.91], { minDelta: 0.1 })).toMatchObject({ stoppedAt: 3, bestEpoch: 1 });
  expect(run([0.5, 0.55, 0.7], { minDelta: 0.1, monitor: 'val/accuracy' })).toMatchObject({ stoppedAt: null, bestEpoch: 3 });
});

test('epochs before startFromEpoch are not watched, so they cannot be the best either', () => {
  expect(run([1, 2, 10, 9, 9, 9], { startFromEpoch: 2 })).toMatchObject({ stoppedAt: 6, bestEpoch: 4, kept: [3, 4] });
});

test('NaN never improves, and the first epoch is kept so that there is something to restore', () => {
  expect(run([Number.NaN, 5, Number.NaN, Number.NaN])).toEqual({ stoppedAt: 4, bestEpoch: 2, kept: [1, 2] });
});

test('without early stopping the best epoch is still known', () => {
  expect(run([3, 1, 2, 2, 2, 2], { earlyStopping: false })).toEqual({ stoppedAt: null, bestEpoch: 2, kept: [1, 2] });
});

test('after unfreezing patience starts anew and the best value stays', () => {
  const waited = { best: 1, bestEpoch: 3, wait: 1 };
  expect(observeEpoch(rule, withFreshPatience(waited), 5, 2)).toEqual({ state: { best: 1, bestEpoch: 3, wait: 1 }, keep: false, stop: false });
});
