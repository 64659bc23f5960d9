import { validateHyperparameters } from '@thaw/config';
import type { Facts, Rule, Suggestion } from './facts';
import { classImbalance } from './rules/class-imbalance';
import { frozenTooDeep } from './rules/frozen-too-deep';
import { guessing } from './rules/guessing';
import { labelErrors } from './rules/label-errors';
import { leaks } from './rules/leaks';
import { noisyValidation } from './rules/noisy-validation';
import { overfitting } from './rules/overfitting';
import { plateau } from './rules/plateau';
import { rateTooHigh } from './rules/rate-too-high';
import { rateTooLow } from './rules/rate-too-low';
import { smallValidation } from './rules/small-validation';
import { stillImproving } from './rules/still-improving';
import { untried } from './rules/untried';

export const rules: readonly Rule[] = [rateTooHigh, guessing, rateTooLow, overfitting, frozenTooDeep, stillImproving, plateau, classImbalance, leaks, smallValidation, noisyValidation, labelErrors, untried];

export interface Checked {
  code: string;
  looksFor: string;
  outcome: 'SUGGESTED' | 'FINE' | 'UNKNOWN';
  /** What it saw, or why it could not look. */
  detail: string;
}

export interface SuggestionReport { suggestions: Suggestion[]; checked: Checked[] }

const order = { HIGH: 0, MEDIUM: 1, LOW: 2 };
/** What must be mended first: until then the curves, and what the model takes pictures for, say nothing of what else might be. */
const spoilers: Record<string, { because: string; silences: ReadonlySet<string> }> = {
  RATE_TOO_HIGH: { because: 'The learning rate is too high', silences: new Set(['GUESSING', 'OVERFITTING', 'FROZEN_TOO_DEEP', 'STILL_IMPROVING', 'PLATEAU', 'RATE_TOO_LOW', 'LABEL_ERRORS']) },
  GUESSING: { because: 'It does no better than guessing', silences: new Set(['OVERFITTING', 'FROZEN_TOO_DEEP', 'STILL_IMPROVING', 'PLATEAU', 'RATE_TOO_LOW', 'LABEL_ERRORS', 'CLASS_IMBALANCE', 'NOISY_VALIDATION']) },
};

/** Every rule looks; the surest suggestions come first. */
export function suggest(facts: Facts): SuggestionReport {
  const report: SuggestionReport = { suggestions: [], checked: [] };
  for (const { code, looksFor, reference, judge } of rules) {
    const spoiler = report.suggestions.map((each) => spoilers[each.code]).find((each) => each?.silences.has(code));
    const finding = spoiler ? { unknown: `${spoiler.because}: mend that first, then look again.` } : judge(facts);
    if ('fine' in finding) report.checked.push({ code, looksFor, outcome: 'FINE', detail: finding.fine });
    else if ('unknown' in finding) report.checked.push({ code, looksFor, outcome: 'UNKNOWN', detail: finding.unknown });
    else {
      report.checked.push({ code, looksFor, outcome: 'SUGGESTED', detail: finding.title });
      report.suggestions.push({ code, reference, ...finding, changes: onlyChanges(facts, finding.changes) });
    }
  }
  report.suggestions.sort((a, b) => order[a.confidence] - order[b.confidence]);
  return report;
}

/** What the run has already is no change. */
function onlyChanges({ config }: Facts, changes: Record<string, unknown>): Record<string, unknown> {
  const known = validateHyperparameters(config);
  const before: Record<string, unknown> = known.ok ? known.config : config;
  return Object.fromEntries(Object.entries(changes).filter(([name, value]) => value !== before[name]));
}
