import type { Kill } from '../storm/killer';
import type { OutageWatch } from '../storm/outages';
import type { Change, Write } from '../witness';
import type { Figure, Finding } from './verdict';

export interface Recovery {
  kill: Kill;
  run: string;
  /** Seconds from the kill until the run is RUNNING again. */
  seconds: number;
  /** Of those, seconds without an API: nobody could have taken it. */
  outage: number;
  /** What was trained once more; null when the API had just been away, and no checkpoint could be recorded. */
  lost: {
    /** Those that were logged. */
    epochs: number;
    /** Between the last epoch that was kept and the kill. */
    seconds: number;
  } | null;
}

/** milliseconds: what gathered during an outage is on its way for so long after it */
const justBefore = 15_000;

/** What became of each run whose trainer or executor was killed. One that ended, or was paused or cancelled meanwhile, needed no recovery. */
export function findRecoveries(kills: readonly Kill[], changes: readonly Change[], writes: readonly Write[], outages: OutageWatch): Recovery[] {
  return kills.flatMap((kill) => kill.runs.flatMap(({ id, claim }): Recovery[] => {
    const again = changes.find((change) => change.run === id && change.claim === claim + 1 && change.status === 'RUNNING');
    const wentOn = changes.filter((change) => change.run === id && change.claim === claim && change.at >= kill.at && (change.status !== 'RUNNING' && change.status !== 'QUEUED'));
    // It was killed once more, or had been let go of before the kill hit.
    if (!again || again.at < kill.at || wentOn.length > 0) return [];
    const logged = (by: number) => writes.filter(({ run, detail }) => run === id && detail?.key === 'val/loss' && detail.claim === by);
    const last = Math.max(0, ...logged(claim).map(({ detail }) => detail!.lastStep!));
    const next = Math.min(...logged(claim + 1).map(({ detail }) => detail!.firstStep!));
    const kept = writes.findLast(({ run, detail }) => run === id && detail?.key === 'val/loss' && detail.claim! <= claim && detail.lastStep! < next);
    const knowable = outages.within(kill.at - justBefore, kill.at) === 0 && Number.isFinite(next) && logged(claim).length > 0;
    return [{
      kill, run: id, seconds: (again.at - kill.at) / 1000, outage: outages.within(kill.at, again.at) / 1000,
      lost: knowable ? { epochs: Math.max(0, last - next + 1), seconds: (kill.at - (kept?.at ?? logged(claim)[0]!.at)) / 1000 } : null,
    }];
  }));
}

/** Seconds that a lost trainer may cost: a lease, and a look at the queue. */
const worstSeconds = 35;
/** Files are uploaded and synced, one after the other, beside two other runs' on two cores. */
const secondsToRecord = 3;
/** An executor's end is seen by its daemon, which hands the run back at once. */
const worstOfExecutor = 35;

export function describeRecoveries(recoveries: readonly Recovery[]): Finding[] {
  const of = (...victims: string[]) => recoveries.filter(({ kill }) => victims.includes(kill.victim));
  return [
    ...distribution('recovery from a trainer’s kill', of('trainer'), worstSeconds),
    ...distribution('recovery from an executor’s kill', of('executor'), worstOfExecutor),
    ...distribution('recovery from a kill of all at once', of('parts', 'everything'), null),
    ...losses('after a trainer’s kill', of('trainer')),
    ...losses('after an executor’s kill', of('executor')),
    ...losses('after a kill of all at once', of('parts', 'everything')),
  ];
}

/** The limit holds for the time with an API: while it is away nobody can take a run. */
function distribution(name: string, recoveries: readonly Recovery[], limit: number | null): Figure[] {
  if (recoveries.length === 0) return [];
  const sorted = recoveries.map(({ seconds }) => seconds).sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
  const worst = Math.max(...recoveries.map(({ seconds, outage }) => seconds - outage));
  return [
    { name: `${name}, how many`, unit: 'runs', value: sorted.length },
    { name: `${name}, minimum`, unit: 's', value: sorted[0]! },
    { name: `${name}, median`, unit: 's', value: at(0.5) },
    { name: `${name}, p95`, unit: 's', value: at(0.95) },
    { name: `${name}, worst`, unit: 's', value: sorted.at(-1)! },
    { name: `${name}, worst but for time without an API`, unit: 's', value: worst, ...(limit === null ? {} : { atMost: limit }) },
  ];
}

/** An epoch may be lost; where epochs are shorter than it takes to record a checkpoint, what was trained meanwhile. */
function losses(when: string, recoveries: readonly Recovery[]): Finding[] {
  const known = recoveries.flatMap(({ run, lost }) => (lost ? [{ run, ...lost }] : []));
  if (known.length === 0) return [];
  const dear = known.filter(({ epochs, seconds }) => epochs > 1 && seconds > secondsToRecord);
  return [
    { name: `epochs trained again ${when}, most`, unit: 'epochs', value: Math.max(...known.map(({ epochs }) => epochs)) },
    { name: `work trained again ${when}, most`, unit: 's', value: Math.max(...known.map(({ seconds }) => seconds)) },
    {
      name: `losses ${when} of an epoch or ${secondsToRecord} s of short ones at most`, unit: 'losses', checked: known.length,
      problems: dear.map(({ run, epochs, seconds }) => `run ${run} lost ${epochs} epochs, ${seconds.toFixed(1)} s of work.`),
    },
  ];
}
