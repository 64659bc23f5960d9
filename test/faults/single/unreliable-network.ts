import { checkEnds } from '../checks/ends';
import { checkPoints } from '../checks/points';
import { checkResults } from '../checks/results';
import { checkStoredPoints } from '../checks/stored-points';
import type { Finding } from '../checks/verdict';
import type { RandomStream } from '../random';
import type { Timeline } from '../timeline';
import { BadNetwork } from './bad-network';
import type { Ground } from './ground';
import { TrainerProcess } from './trainer-process';

/** A trainer behind a network that drops, delays, doubles and cuts: nothing is lost, nothing is there twice. */
export async function unreliableNetwork(ground: Ground, random: RandomStream, timeline: Timeline): Promise<Finding[]> {
  const { installation } = ground;
  const label = 'far-away';
  await using network = await BadNetwork.start(installation.url, random);
  const trainer = TrainerProcess.start(installation, { name: label, url: network.url });
  try {
    await ground.launch(label, { trainer: label });
    const compared = await ground.ended(label, 300);
    const befell = Object.entries(network.befell);
    timeline.note(`the network: ${befell.map(([fault, count]) => `${count} ${fault}`).join(', ')}`);
    const name = 'a bad network';
    return [
      { name: `${name}: calls that something befell`, unit: 'calls', value: befell.reduce((sum, [, count]) => sum + count, 0) },
      { ...checkEnds([compared]), name: `${name}: runs that ended as they should` },
      { ...checkPoints([compared]), name: `${name}: points equal to the undisturbed run’s` },
      { ...(await checkStoredPoints(installation, [compared])), name: `${name}: points stored once, as answered` },
      { ...checkResults([compared]), name: `${name}: files of model and evaluation` },
    ];
  } finally {
    await trainer.stop();
  }
}
