import path from 'node:path';
import { thawJson } from '../../kit/thaw-cli';
import { checkExclusive } from '../checks/exclusive';
import { checkWrites } from '../checks/fencing';
import { readOutcome } from '../checks/outcome';
import type { Finding } from '../checks/verdict';
import type { Installation } from '../installation';
import type { FaultOptions } from '../options';
import { writePictures } from '../pictures';
import { RandomStream } from '../random';
import { launchOnce } from '../storm/launch';
import { hasEnded } from '../storm/observe';
import type { Timeline } from '../timeline';
import { callWitness, writesSeen } from '../witness';
import { frozenTrainer } from './frozen-trainer';
import { config, Ground } from './ground';
import { TrainerProcess } from './trainer-process';
import { unreliableNetwork } from './unreliable-network';
import { wrongClock } from './wrong-clock';

/** One fault each, on trainers and runs of its own, all at the same time: a lease takes half a minute to end. */
export async function singlePart({ seed }: FaultOptions, timeline: Timeline, installation: Installation): Promise<Finding[]> {
  await writePictures(path.join(installation.home, 'pictures'), { train: 16, val: 6 });
  await thawJson(installation.url, 'dataset', 'import', path.join(installation.home, 'pictures'), '--name', 'halves');
  await callWitness(installation);
  const ground = new Ground(installation, await undisturbed(installation));
  const faults: Record<string, () => Promise<Finding[]>> = {
    'a trainer stopped whole': () => frozenTrainer(ground, 'all', timeline),
    'a trainer whose daemon is stopped': () => frozenTrainer(ground, 'daemon', timeline),
    'a clock ahead': () => wrongClock(ground, 1, timeline),
    'a clock behind': () => wrongClock(ground, -1, timeline),
    'a bad network': () => unreliableNetwork(ground, new RandomStream(seed, 'network'), timeline),
  };
  // One that breaks off keeps nobody from telling of the others.
  const findings = await Promise.all(Object.entries(faults).map(([name, inflict]) => inflict().catch((error: Error): Finding[] => {
    timeline.note(error.stack ?? String(error));
    return [{ name: `${name}: comes to its end`, unit: 'faults', checked: 1, problems: [error.message.split('\n')[0]!] }];
  })));
  return [...findings.flat(), checkExclusive(installation.journal), checkWrites(await writesSeen(installation))];
}

async function undisturbed(installation: Installation) {
  const trainer = TrainerProcess.start(installation, { name: 'undisturbed', env: { THAW_TRAINER_LABELS: 'undisturbed' } });
  const id = await launchOnce(installation, { project: 'single', name: 'undisturbed', config, constraints: { labels: ['undisturbed'] } });
  await new Ground(installation, await readOutcome(installation, id)).until('undisturbed', 'ends', hasEnded);
  await trainer.stop();
  return readOutcome(installation, id);
}

export const singleTrainers = { THAW_TRAINER: 'off' };
