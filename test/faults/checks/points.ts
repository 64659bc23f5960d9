import { isWhole, type Compared } from './ends';
import { isMeasured, lastEpoch } from './outcome';
import type { Verdict } from './verdict';

/** Every point of every epoch is there, once, with the very value of the undisturbed run; of a run that was cut short up to its last epoch. */
export function checkPoints(runs: readonly Compared[]): Verdict {
  let checked = 0;
  const problems: string[] = [];
  for (const compared of runs) {
    const { planned, outcome, reference } = compared;
    if (!outcome) continue;
    const until = isWhole(compared) ? Number.POSITIVE_INFINITY : lastEpoch(outcome);
    const keys = isWhole(compared) ? new Set([...reference.series.keys(), ...outcome.series.keys()]) : new Set(outcome.series.keys());
    for (const key of keys) {
      if (isMeasured(key)) continue;
      const expected = pointsUntil(reference.series.get(key), until);
      const found = pointsUntil(outcome.series.get(key), Number.POSITIVE_INFINITY);
      checked += expected.length;
      const differing = expected.findIndex((point, index) => point !== found[index]);
      if (differing >= 0) problems.push(`${planned.name}: ${key} has ${found[differing] ?? 'nothing'} where the undisturbed run has ${expected[differing]}.`);
      else if (found.length > expected.length) problems.push(`${planned.name}: ${key} has ${found[expected.length]}, which the undisturbed run has not.`);
    }
  }
  return { name: 'metric points equal to the undisturbed run’s', unit: 'points', checked, problems };
}

/** "step value", both ends of which JSON keeps exactly. */
function pointsUntil(series: { steps: number[]; values: number[] } | undefined, until: number): string[] {
  return (series?.steps ?? []).flatMap((step, index) => (step <= until ? [`${step}: ${series!.values[index]}`] : []));
}
