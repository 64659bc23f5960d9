import type { AlertDirection, AlertKind, RuleFragment, RunEndReason } from '../generated/graphql';
import { reasonsOf, ruleText } from './rule-text';

/** What the form holds: numbers as they are typed. */
export interface RuleDraft {
  name: string;
  kind: AlertKind;
  key: string;
  direction: AlertDirection;
  threshold: string;
  points: string;
  firstOnly: boolean;
  minutes: string;
  endReasons: RunEndReason[];
  webhookIds: string[];
}

export const emptyDraft: RuleDraft = { name: '', kind: 'RUN_FAILED', key: '', direction: 'ABOVE', threshold: '', points: '1', firstOnly: false, minutes: '30', endReasons: [], webhookIds: [] };

export const draftOf = (rule: RuleFragment): RuleDraft => ({
  name: rule.name,
  kind: rule.kind,
  key: rule.key ?? '',
  direction: rule.direction ?? 'ABOVE',
  threshold: rule.threshold === null || rule.threshold === undefined ? '' : String(rule.threshold),
  points: String(rule.points),
  firstOnly: rule.firstOnly,
  minutes: String(rule.minutes ?? 30),
  endReasons: rule.endReasons,
  webhookIds: rule.webhookIds,
});

/** Which inputs a kind shows; the API refuses what it does not take. */
export const shows = ({ kind }: Pick<RuleDraft, 'kind'>) => ({
  key: kind === 'METRIC_CROSSED' || kind === 'METRIC_NOT_FINITE' || kind === 'RUN_STALLED' || kind === 'BEST_BEATEN',
  keyIsOptional: kind === 'METRIC_NOT_FINITE' || kind === 'RUN_STALLED',
  direction: kind === 'METRIC_CROSSED' || kind === 'BEST_BEATEN',
  threshold: kind === 'METRIC_CROSSED',
  minutes: kind === 'RUN_STALLED' || kind === 'RUN_WAITING',
  endReasons: reasonsOf[kind] ?? [],
});

/** Text that is no number is left as it is, for the form to say so. */
const readNumber = (text: string): number | null => (text.trim() === '' || !Number.isFinite(Number(text)) ? null : Number(text));

export function settingsOf(draft: RuleDraft) {
  const shown = shows(draft);
  return {
    key: shown.key ? draft.key.trim() || null : null,
    direction: shown.direction ? draft.direction : null,
    threshold: shown.threshold ? readNumber(draft.threshold) : null,
    points: shown.threshold ? Math.trunc(readNumber(draft.points) ?? 0) : 1,
    firstOnly: shown.threshold && draft.firstOnly,
    minutes: shown.minutes ? Math.trunc(readNumber(draft.minutes) ?? 0) : null,
    endReasons: draft.endReasons.filter((reason) => shown.endReasons.includes(reason)),
    webhookIds: draft.webhookIds,
  };
}

/** A rule without a name of its own is called what it does. */
export const nameOf = (draft: RuleDraft): string => draft.name.trim() || ruleText({ kind: draft.kind, ...settingsOf(draft) }).slice(0, 200);
