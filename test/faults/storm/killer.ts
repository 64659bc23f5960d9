import type { Installation } from '../installation';
import { kill, processesOf, type StackProcess } from '../processes';
import type { Timeline } from '../timeline';
import type { PlannedKill, Victim } from './kill-plan';
import type { Observed } from './observe';

/** Who was hit, and what it was working on. */
export interface Kill {
  /** milliseconds since 1970 */
  at: number;
  victim: Victim;
  trainer: string | null;
  runs: { id: string; claim: number }[];
}

export interface Scene {
  installation: Installation;
  observed: ReadonlyMap<string, Observed>;
  /** Kills so far. */
  before: readonly Kill[];
  timeline: Timeline;
}

/** null: nobody fit to be killed at this moment; the same kill is tried again a little later. */
export function carryOut(planned: PlannedKill, { installation, observed, before, timeline }: Scene): Kill | null {
  const processes = processesOf(installation.home);
  // Whoever was killed does not work on its run any more, though its lease goes on for a while.
  const lost = new Set(before.flatMap(({ runs }) => runs.map(({ id, claim }) => `${id} ${claim}`)));
  const running = [...observed.values()].filter(({ id, claim, status }) => status === 'RUNNING' && !lost.has(`${id} ${claim}`));
  // The third trainer lost without progress rightly ends a run: that is tested elsewhere, here every run is to come to its end.
  const spared = new Set(running.filter(({ lostInARow }) => lostInARow >= 2).map(({ trainer }) => trainer));
  const victims = choose(planned, processes, running, spared);
  if (victims.length === 0) return null;
  const isOfOne = planned.victim === 'trainer' || planned.victim === 'executor';
  const trainer = isOfOne ? victims[0]!.trainer : null;
  const hit = ['api', 'postgres'].includes(planned.victim) ? [] : running.filter((run) => !isOfOne || run.trainer === trainer);
  for (const { pid } of victims) kill(pid);
  const at = Date.now();
  timeline.note(`kill -9 ${planned.victim}${trainer ? ` ${trainer}` : ''} (${victims.map(({ pid }) => pid).join(', ')})${hit.length > 0 ? `, at work on ${hit.map(({ name, epoch }) => `${name}, epoch ${epoch}`).join('; ')}` : ''}`, at);
  return { at, victim: planned.victim, trainer, runs: hit.map(({ id, claim }) => ({ id, claim })) };
}

function choose({ victim, pick }: PlannedKill, processes: readonly StackProcess[], running: readonly Observed[], spared: ReadonlySet<string | null>): StackProcess[] {
  if (victim === 'parts' || victim === 'everything') {
    if (spared.size > 0) return [];
    // The supervisor first: it would start again what dies before it.
    return [...processes].filter(({ part }) => victim === 'everything' || ['postgres', 'api', 'web', 'trainer', 'executor'].includes(part)).sort((a, b) => Number(b.part === 'supervisor') - Number(a.part === 'supervisor'));
  }
  const candidates = processes.filter(({ part, trainer }) => part === victim && !spared.has(trainer));
  if (victim === 'api' || victim === 'postgres') return candidates.slice(0, 1);
  // One that is at work, as a rule; now and then an idle one.
  const busy = candidates.filter(({ trainer }) => running.some((run) => run.trainer === trainer));
  const from = busy.length > 0 && pick < 0.9 ? busy : candidates;
  return from.length === 0 ? [] : [[...from].sort((a, b) => a.pid - b.pid)[Math.floor(((pick * 10) % 1) * from.length)]!];
}
