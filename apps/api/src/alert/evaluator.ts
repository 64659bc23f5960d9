import type { AlertRuleRow } from '@thaw/db';
import { handOnAlerts } from '@thaw/db/queries/alert/hand-on-alerts';
import { listActiveRules } from '@thaw/db/queries/alert/list-active-rules';
import { readChecks, removeChecks } from '@thaw/db/queries/alert/run-checks';
import { watchBest } from '@thaw/db/queries/alert/watch-best';
import { watchMetrics } from '@thaw/db/queries/alert/watch-metrics';
import { watchSilence } from '@thaw/db/queries/alert/watch-silence';
import { withLock } from '@thaw/db/queries/with-lock';
import type { Services } from '../context';
import { repeat } from '../repeat';
import { writeMessage } from './message';
import { publicUrl } from './public-url';

/** Hints are gathered for so long. */
const everyMs = 250;
/** Everything is looked at so often: hints can be lost, and silence gives none. */
const fullEveryMs = 3_000;
const alertLock = 'alerts';

/**
 * Looks at what is stored and raises alerts, in one replica at a time. The lock only saves work: every step is a transaction
 * that holds its watch, and an occurrence has a unique key, so that two at once, or one killed anywhere, tell nothing twice.
 */
export function evaluateAlerts(services: Pick<Services, 'db' | 'env' | 'log' | 'signal' | 'notifier'>, onRaised: () => void): Promise<void> {
  const { db, env, signal, notifier } = services;
  const hinted = new Set<string>();
  let changed = false;
  let fullAt = Number.NEGATIVE_INFINITY;
  /** There were rules when everything was looked at last; without any, hints are nothing to get up for. */
  let hasRules = false;

  const unwatch = [
    notifier.watch('metricsAppended', (runId) => (runId ? hinted.add(runId) : (fullAt = Number.NEGATIVE_INFINITY))),
    notifier.watch('runChanged', () => (changed = true)),
  ];

  async function evaluate(runIds: readonly string[] | null): Promise<void> {
    const checks = await readChecks(db);
    const rules = await listActiveRules(db);
    hasRules = rules.length > 0;
    for (const rule of rules) {
      if (signal.aborted) return;
      await evaluateRule(rule, runIds, checks.length > 0);
    }
    // Noted before their metrics were looked at: whatever they logged has been seen.
    await removeChecks(db, checks);
  }

  /** runIds: where hints point; null: anywhere. stopped: some runs have stopped and are to be looked at once more. */
  async function evaluateRule(rule: AlertRuleRow, runIds: readonly string[] | null, stopped: boolean): Promise<void> {
    switch (rule.kind) {
      case 'METRIC_CROSSED':
      case 'METRIC_NOT_FINITE':
        if (stopped || runIds === null || runIds.length > 0) await watchMetrics(db, rule, stopped ? null : runIds);
        return;
      case 'BEST_BEATEN':
        if (stopped) await watchBest(db, rule);
        return;
      case 'RUN_STALLED':
      case 'RUN_WAITING':
        if (runIds === null) await watchSilence(db, rule);
    }
  }

  async function work(): Promise<void> {
    const full = performance.now() - fullAt >= fullEveryMs;
    if (!full && (!hasRules || (!changed && hinted.size === 0))) return;
    const runIds = full ? null : [...hinted];
    hinted.clear();
    changed = false;
    if (full) fullAt = performance.now();
    await withLock(db, alertLock, async () => {
      await evaluate(runIds);
      while (!signal.aborted && (await handOnAlerts(db, (raised, { format }) => writeMessage(raised, format, publicUrl(env)))) > 0) onRaised();
    });
  }

  signal.addEventListener('abort', () => unwatch.forEach((end) => end()), { once: true });
  return repeat(services, 'evaluating alert rules', everyMs, work);
}
