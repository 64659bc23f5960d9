import { setTimeout as sleep } from 'node:timers/promises';
import type { Installation } from '../installation';
import type { RandomStream } from '../random';
import type { Timeline } from '../timeline';
import { stormProject, WorkloadDriver } from './drive-workload';
import { carryOut, type Kill } from './killer';
import { planKills } from './kill-plan';
import { hasEnded, observe, type Observed } from './observe';
import { OutageWatch } from './outages';
import { StaleTokens } from './stale-tokens';
import type { Workload } from './workload';

export interface StormRecord {
  kills: Kill[];
  outages: OutageWatch;
  stale: StaleTokens;
  /** Of every planned run, at the end. */
  runs: ReadonlyMap<string, Observed>;
}

export interface StormOptions {
  workload: Workload;
  kills: number;
  trainers: number;
  /** By config: epochs of the uninterrupted run. */
  epochs: ReadonlyMap<string, number>;
  random: RandomStream;
  timeline: Timeline;
}

const lookEveryMs = 200;

/** The workload from its first launch to its last end, with `kills` kills spread over it. */
export async function storm(installation: Installation, { workload, kills: wanted, trainers, epochs, random, timeline }: StormOptions): Promise<StormRecord> {
  const plan = planKills(wanted, random);
  const driver = new WorkloadDriver(installation, workload, trainers, timeline);
  const outages = new OutageWatch(installation);
  const stale = new StaleTokens(installation);
  // It waits for the API, which may be away: kills go on meanwhile.
  const background = new OneAtATime();
  const kills: Kill[] = [];
  const total = workload.runs.reduce((sum, run) => sum + expectedEpochs(run), 0);
  // A trainer's recovery takes half a minute, and three go on at once; what takes far longer hangs.
  const deadline = Date.now() + 300_000 + wanted * 20_000 + workload.runs.length * 30_000;
  let runs: ReadonlyMap<string, Observed> = new Map();
  let dueAt: number | null = null;
  let startingAgain: Promise<void> | null = null;

  /** What is planned of a run counts, not what it has come to: a run that is cancelled early is done then. */
  function expectedEpochs({ config, wishes, afterPause }: Workload['runs'][number]): number {
    const last = wishes.at(-1);
    return last && (last.wish !== 'pause' || afterPause === 'cancel') ? last.atEpoch : epochs.get(config)!;
  }
  const progress = () => workload.runs.reduce((sum, run) => {
    const seen = runs.get(run.name);
    return sum + (!seen ? 0 : hasEnded(seen) ? expectedEpochs(run) : Math.min(seen.epoch, expectedEpochs(run)));
  }, 0) / total;

  function maybeKill(): void {
    const next = plan[kills.length];
    if (!next || startingAgain || progress() < next.progress) return;
    dueAt ??= Date.now() + next.delayMs;
    if (Date.now() < dueAt) return;
    const killed = carryOut(next, { installation, observed: runs, before: kills, timeline });
    if (!killed) return;
    dueAt = null;
    kills.push(killed);
    if (killed.victim === 'everything') startingAgain = installation.start().then(() => void (startingAgain = null));
  }

  try {
    for (;;) {
      const seen = await observe(installation, stormProject);
      if (seen) {
        noteChanges(runs, seen, timeline);
        runs = seen;
        background.start(async () => {
          await driver.step(seen);
          await stale.probe(seen);
        });
      }
      background.throwIfFailed();
      if (seen && driver.isDone(runs)) break;
      if (Date.now() > deadline) {
        timeline.note('The workload does not come to its end.');
        break;
      }
      maybeKill();
      await sleep(lookEveryMs);
    }
    await startingAgain;
    await background.settled();
    await stale.probe(runs);
  } finally {
    await outages.stop();
  }
  return { kills, outages, stale, runs };
}

/** Work that is left out while the one before is still under way. */
class OneAtATime {
  #running: Promise<void> | null = null;
  #failure: unknown;

  start(work: () => Promise<void>): void {
    this.#running ??= work().then(
      () => void (this.#running = null),
      (error: unknown) => {
        this.#running = null;
        this.#failure ??= error;
      },
    );
  }

  throwIfFailed(): void {
    if (this.#failure) throw this.#failure;
  }

  async settled(): Promise<void> {
    await this.#running;
    this.throwIfFailed();
  }
}

function noteChanges(before: ReadonlyMap<string, Observed>, after: ReadonlyMap<string, Observed>, timeline: Timeline): void {
  for (const run of after.values()) {
    const old = before.get(run.name);
    if (old?.status === run.status && old.claim === run.claim) continue;
    timeline.note(`${run.name} is ${run.status}${run.status === 'RUNNING' ? ` at ${run.trainer}, claim ${run.claim}` : ''}${run.endReason ? ` (${run.endReason})` : ''} at epoch ${run.epoch}${run.error ? `: ${run.error}` : ''}`);
  }
}
