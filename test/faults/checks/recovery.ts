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
  /** Epochs that were logged and are trained again; null when the API had just been away: checkpoints could not be kept. */
  lostEpochs: number | null;
}

/** milliseconds: what gathered during an outage is on its way for so long after it */
const justBefore = 5_000;

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
    return [{
      kill, run: id, seconds: (again.at - kill.at) / 1000, outage: outages.within(kill.at, again.at) / 1000,
      lostEpochs: outages.within(kill.at - justBefore, kill.at) > 0 || !Number.isFinite(next) ? null : Math.max(0, last - next + 1),
    }];
  }));
}

/** Seconds that a lost trainer may cost: a lease, and a look at the queue. */
const worstSeconds = 35;
/** An executor's end is seen by its daemon, which hands the run back at once. */
const worstOfExecutor = 35;

export function describeRecoveries(recoveries: readonly Recovery[]): Finding[] {
  const of = (...victims: string[]) => recoveries.filter(({ kill }) => victims.includes(kill.victim));
  return [
    ...distribution('recovery from a trainer’s kill', of('trainer'), worstSeconds),
    ...distribution('recovery from an executor’s kill', of('executor'), worstOfExecutor),
    ...distribution('recovery from a kill of all at once', of('parts', 'everything'), null),
    ...lost('epochs trained again after a trainer’s kill', of('trainer')),
    ...lost('epochs trained again after an executor’s kill', of('executor')),
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

function lost(name: string, recoveries: readonly Recovery[]): Figure[] {
  const epochs = recoveries.flatMap(({ lostEpochs }) => lostEpochs ?? []);
  if (epochs.length === 0) return [];
  return [
    { name: `${name}, mean`, unit: 'epochs', value: epochs.reduce((sum, each) => sum + each, 0) / epochs.length },
    { name: `${name}, most`, unit: 'epochs', value: Math.max(...epochs), atMost: 1 },
  ];
}
