import { setTimeout as sleep } from 'node:timers/promises';
import { ApiFault } from '../failures';
import { RunByIdDocument, RunChangedDocument, RunCurvesDocument, RunMetricsAppendedDocument, type RunCurvesQuery, type RunResultFragment } from '../generated/graphql';
import { runAnswer, runText } from './run-answer';
import type { Outcome, Session } from './session';

const pollMs = 2_000;
const epochKeys = ['train/loss', 'train/accuracy', 'val/loss', 'val/accuracy'];

/** Ends when the run has ended. Events only shorten the wait between two looks; the API may come and go. */
export async function waitForRun(session: Session, launched: RunResultFragment): Promise<Outcome> {
  const { client, say, warn } = session;
  const { id, name } = launched;
  say(`${name}  ${id}`);
  let wake = new AbortController();
  const look = () => wake.abort();
  const subscriptions = [client.subscribe(RunChangedDocument, { id }, look, look), client.subscribe(RunMetricsAppendedDocument, { id }, look)];
  const outages = reportOutages(warn);
  const explainInterrupt = () => {
    warn(`\nStopped waiting; the run goes on. \`thaw runs --name "${name}"\` shows it, \`thaw cancel ${id}\` ends it.`);
    process.exit(130);
  };
  process.once('SIGINT', explainInterrupt);
  try {
    let state = '';
    let printedStep = -1;
    let told = '';
    for (const started = performance.now(); ; ) {
      const { run } = await client.request(RunByIdDocument, { id }, { retryForMs: Infinity, onRetry: outages.failed });
      if (!run) throw new ApiFault(`The run ${id} is no longer there.`, 'NOT_FOUND');
      const { metricSeries } = await client.request(RunCurvesDocument, { id, keys: epochKeys, maxPoints: 1000 }, { retryForMs: Infinity, onRetry: outages.failed });
      outages.over();
      for (const [step, values] of epochsAfter(printedStep, metricSeries)) {
        say(epochLine(step, run.config?.epochs, values));
        printedStep = step;
      }
      if (run.endedAt && ['FINISHED', 'FAILED', 'CANCELLED'].includes(run.status)) return ended(run);
      const now = `${run.status}${run.phase ? `, ${run.phase}` : ''}`;
      if (now !== state) say(now.toLowerCase());
      state = now;
      if (run.waiting && run.waiting.code !== 'SOON' && run.waiting.message !== told && performance.now() - started > 5_000) {
        told = run.waiting.message;
        warn(`Still queued: ${told}`);
      }
      await sleep(pollMs, undefined, { signal: wake.signal }).catch(() => sleep(50));
      wake = new AbortController();
    }
  } finally {
    process.off('SIGINT', explainInterrupt);
    for (const stop of subscriptions) stop();
  }
}

const ended = (run: RunResultFragment): Outcome => ({
  answer: runAnswer(run),
  text: runText(run),
  failed: run.status !== 'FINISHED',
  complaint: run.status === 'FINISHED' ? undefined : `The run ${run.status === 'FAILED' ? 'failed' : 'was cancelled'}${run.error ? `: ${run.error}` : '.'}`,
});

function reportOutages(warn: (line: string) => void) {
  let away = false;
  return {
    failed: (error: unknown) => {
      if (!away) warn(`${(error as Error).message} Waiting for it to come back …`);
      away = true;
    },
    over: () => {
      if (away) warn('The API is back.');
      away = false;
    },
  };
}

/** step → key → value for the steps after `printed`, in order. */
export function epochsAfter(printed: number, series: RunCurvesQuery['metricSeries']): [number, Map<string, number | string>][] {
  const epochs = new Map<number, Map<string, number | string>>();
  for (const { key, points } of series) {
    points.steps.forEach((step, index) => {
      if (step <= printed) return;
      if (!epochs.has(step)) epochs.set(step, new Map());
      epochs.get(step)!.set(key, points.values[index]!);
    });
  }
  return [...epochs].sort(([a], [b]) => a - b);
}

const epochLine = (step: number, epochs: unknown, values: Map<string, number | string>) =>
  [`epoch ${step}${epochs ? `/${String(epochs)}` : ''}`, ...epochKeys.filter((key) => values.has(key)).map((key) => `${key} ${shown(values.get(key)!)}`)].join('  ');

const shown = (value: number | string) => (typeof value === 'number' ? value.toFixed(4) : value);
