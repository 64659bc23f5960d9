import type { Group } from './group';
import { material } from './material';
import { withThaw } from './thaw';

/**
 * Training the head for a fixed number of epochs, and many configurations of it. Thaw's figures are of whole runs,
 * claimed by its trainer, reported and stored, each row in an installation that has seen nothing before. Keras trains
 * one configuration; as many take as many times as long.
 */
export const headGroup: Group = {
  name: 'head',
  async measure({ epochs, sweep }, keras) {
    const fixed = { freeze: 'head', epochs, earlyStopping: false };
    const peer = await keras?.head(material.mobilenet075, material.flowers, epochs, 1);
    const [single] = await withThaw('tfjs-node', ({ train }) => train('flowers', 'mobilenet075', [{ ...fixed, seed: 1 }]));
    const many = await withThaw('tfjs-node', ({ train }) => train('flowers', 'mobilenet075', configurations(sweep).map((each) => ({ ...fixed, ...each }))));
    const manySeconds = (Math.max(...many.map(({ endedAt }) => endedAt)) - Math.min(...many.map(({ startedAt }) => startedAt))) / 1000;
    return [
      { name: `head, ${epochs} epochs, MobileNet 0.75`, unit: 's', thaw: single!.seconds, peers: peer && { keras: peer.seconds }, better: 'less', goal: { timesBestPeer: 5 } },
      { name: 'its validation accuracy', unit: 'of 1', thaw: single!.accuracy, peers: peer && { keras: peer.accuracy }, better: 'more', goal: peer && { atLeast: Number((peer.accuracy - 0.02).toFixed(4)) } },
      { name: `${sweep} configurations of it`, unit: 's', thaw: manySeconds, peers: peer && { [`keras, one × ${sweep}`]: peer.seconds * sweep }, better: 'less', goal: { timesBestPeer: 30 } },
    ];
  },
};

/** Rates, dropouts, label smoothing and weight decay crossed. */
function configurations(count: number): object[] {
  const grid = [1e-3, 3e-3].flatMap((learningRate) => [0.2, 0.5].flatMap((dropout) => [0, 0.1].flatMap((labelSmoothing) => [0, 1e-4].map((weightDecay) => ({ learningRate, dropout, labelSmoothing, weightDecay })))));
  return grid.slice(0, count);
}
