import type { Installation } from '../installation';
import type { Timeline } from '../timeline';
import { launchOnce, wish } from './launch';
import { hasEnded, type Observed } from './observe';
import type { PlannedRun, Workload } from './workload';

export const stormProject = 'storm';

/**
 * Launches the runs of the workload and asks of them what it plans, one step per look. No more go on at once than there are
 * trainers: then a run that lost its trainer never waits for anything but its recovery, and that is what is measured.
 */
export class WorkloadDriver {
  readonly #launched = new Set<string>();
  readonly #wished = new Map<string, number>();
  readonly #resumed = new Set<string>();

  constructor(readonly installation: Installation, readonly workload: Workload, readonly trainers: number, readonly timeline: Timeline) {}

  async step(observed: ReadonlyMap<string, Observed>): Promise<void> {
    for (const planned of this.workload.runs) {
      const run = observed.get(planned.name);
      if (run && !hasEnded(run)) await this.#steer(planned, run);
    }
    const active = [...observed.values()].filter(({ status }) => status === 'QUEUED' || status === 'RUNNING').length;
    const next = this.workload.runs.find(({ name }) => !this.#launched.has(name));
    if (!next || active >= this.trainers) return;
    await launchOnce(this.installation, { project: stormProject, name: next.name, config: this.workload.configs[next.config]! });
    this.#launched.add(next.name);
  }

  isDone(observed: ReadonlyMap<string, Observed>): boolean {
    return observed.size === this.workload.runs.length && [...observed.values()].every(hasEnded);
  }

  async #steer(planned: PlannedRun, run: Observed): Promise<void> {
    const done = this.#wished.get(run.name) ?? 0;
    const next = planned.wishes[done];
    if (run.status === 'PAUSED' && done > 0 && !this.#resumed.has(run.name)) {
      this.#resumed.add(run.name);
      this.timeline.note(`${planned.afterPause} ${run.name}, which is paused at epoch ${run.epoch}`);
      await wish(this.installation, planned.afterPause, run.id);
    } else if (next && run.status === 'RUNNING' && run.epoch >= next.atEpoch) {
      this.#wished.set(run.name, done + 1);
      this.timeline.note(`${next.wish} ${run.name} at epoch ${run.epoch}`);
      await wish(this.installation, next.wish, run.id);
    }
  }
}
