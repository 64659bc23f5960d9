import { checkExclusive } from '../checks/exclusive';
import { checkWrites } from '../checks/fencing';
import type { Finding } from '../checks/verdict';
import type { Installation } from '../installation';
import type { FaultOptions } from '../options';
import { RandomStream } from '../random';
import type { Timeline } from '../timeline';
import { callWitness, writesSeen } from '../witness';
import { frozenTrainer } from './frozen-trainer';
import { prepareGround } from './ground';
import { TrainerProcess } from './trainer-process';
import { unreliableNetwork } from './unreliable-network';
import { wrongClock } from './wrong-clock';

/** One fault each, on trainers and runs of its own, all at the same time: a lease takes half a minute to end. */
export async function singlePart({ seed }: FaultOptions, timeline: Timeline, installation: Installation): Promise<Finding[]> {
  await callWitness(installation);
  const helper = TrainerProcess.start(installation, { name: 'undisturbed' });
  const ground = await prepareGround(installation, 'undisturbed').finally(() => helper.stop());
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

export const singleTrainers = { THAW_TRAINER: 'off' };
