import { setTimeout as sleep } from 'node:timers/promises';
import { checkEnds } from '../checks/ends';
import { checkPoints } from '../checks/points';
import type { Finding } from '../checks/verdict';
import { writesSeen } from '../witness';
import type { Timeline } from '../timeline';
import type { Ground } from './ground';
import { TrainerProcess } from './trainer-process';

/**
 * A trainer is stopped by SIGSTOP past its lease, another takes its run, it wakes up: it can write nothing any more, says so,
 * and is of use again. `stopped`: 'all' is a machine that sleeps; with 'daemon' its executor still computes.
 */
export async function frozenTrainer(ground: Ground, stopped: 'daemon' | 'all', timeline: Timeline): Promise<Finding[]> {
  const { installation } = ground;
  const label = `frozen-${stopped}`;
  const name = `a trainer stopped by SIGSTOP (${stopped === 'all' ? 'whole' : 'its daemon alone'})`;
  const sleeper = TrainerProcess.start(installation, { name: label, env: { THAW_TRAINER_LABELS: label } });
  let heir: TrainerProcess | undefined;
  try {
    await ground.launch(label, { labels: [label] });
    const { id } = await ground.until(label, 'trains', ({ epoch }) => epoch >= 3);
    sleeper.signal('SIGSTOP', stopped);
    const stoppedAt = Date.now();
    timeline.note(`${label} is stopped`);
    heir = TrainerProcess.start(installation, { name: `${label}-heir`, env: { THAW_TRAINER_LABELS: label } });
    await ground.until(label, 'is taken over', ({ claim }) => claim === 2, 60);
    const takenAfter = (Date.now() - stoppedAt) / 1000;
    // Its run goes on elsewhere for a while before it wakes up.
    await ground.until(label, 'goes on', ({ claim, epoch }) => claim > 1 || epoch > 0);
    sleeper.signal('SIGCONT', 'all');
    timeline.note(`${label} wakes up; its run was taken after ${takenAfter.toFixed(1)} s`);
    const compared = await ground.ended(label);
    const noticed = await says(sleeper, /lease/i, 30);
    const late = (await writesSeen(installation)).filter(({ run, detail, claim }) => run === id && detail?.claim !== undefined && detail.claim !== claim);
    // It is the only one left for this: whoever woke up must be of use.
    await heir.stop();
    await ground.launch(`${label} afterwards`, { labels: [label] });
    const afterwards = await ground.ended(`${label} afterwards`);
    const ends = checkEnds([compared, afterwards]);
    const points = checkPoints([compared, afterwards]);
    return [
      { ...ends, name: `${name}: runs that ended as they should` },
      { ...points, name: `${name}: points equal to the undisturbed run’s` },
      { name: `${name}: it can write nothing, and says why`, unit: 'trainers', checked: 1, problems: [...late.map((write) => JSON.stringify(write)), ...(noticed ? [] : ['it did not say that its lease was lost.'])] },
      { name: `${name}: its run is taken over after`, unit: 's', value: takenAfter, atMost: 35 },
    ];
  } finally {
    sleeper.signal('SIGCONT', 'all');
    await sleeper.stop();
    await heir?.stop();
  }
}

async function says(trainer: TrainerProcess, words: RegExp, seconds: number): Promise<boolean> {
  for (const deadline = Date.now() + seconds * 1000; Date.now() < deadline; await sleep(100)) if (words.test(trainer.output)) return true;
  return false;
}
