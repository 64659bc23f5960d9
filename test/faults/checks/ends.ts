import type { PlannedRun } from '../storm/workload';
import { isMeasured, lastEpoch, type Outcome } from './outcome';
import type { Verdict } from './verdict';

export interface Compared {
  planned: PlannedRun;
  /** undefined: it was never launched. */
  outcome: Outcome | undefined;
  reference: Outcome;
}

/** Each run ended as its workload meant it to, and a whole one with the result of the undisturbed one. */
export function checkEnds(runs: readonly Compared[]): Verdict {
  const problems = runs.flatMap(({ planned, outcome, reference }) => {
    const end = outcome && `${outcome.status} ${outcome.endReason}`;
    const last = planned.wishes.at(-1);
    const isCancelled = last?.wish === 'cancel' || (last?.wish === 'pause' && planned.afterPause === 'cancel');
    const expected = isCancelled ? 'CANCELLED CANCELLED' : last?.wish === 'finish' ? 'FINISHED EARLY_STOPPED' : `${reference.status} ${reference.endReason}`;
    if (!outcome || end !== expected) return [`${planned.name} ended as ${end}, not as ${expected}.`];
    if (isCancelled) return [];
    // It ends with what it has: where a trainer was lost meanwhile, with its checkpoint, which may be some epochs behind what was logged.
    if (last?.wish === 'finish') return outcome.bestEpoch! <= outcome.epochs! && outcome.epochs! <= lastEpoch(outcome) ? [] : [`${planned.name} has ${outcome.epochs} epochs, ${outcome.bestEpoch} the best, and logged ${lastEpoch(outcome)}.`];
    const facts = ({ bestEpoch, epochs, finalMetrics }: Outcome) => JSON.stringify({ bestEpoch, epochs, finalMetrics: finalMetrics.filter(({ key }) => !isMeasured(key)) });
    return facts(outcome) === facts(reference) ? [] : [`${planned.name} came to ${facts(outcome)}, undisturbed to ${facts(reference)}.`];
  });
  return { name: 'runs that ended as they should', unit: 'runs', checked: runs.length, problems };
}

/** Whether the run trained as far as the undisturbed one. */
export const isWhole = ({ planned }: Compared) => planned.wishes.every(({ wish }) => wish === 'pause') && planned.afterPause === 'resume';
