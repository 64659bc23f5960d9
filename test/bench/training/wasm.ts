import type { Group } from './group';
import { material } from './material';
import { withThaw } from './thaw';

/** What a machine without the native backend gets. */
export const wasmGroup: Group = {
  name: 'wasm',
  async measure({ epochs }, keras) {
    const peer = await keras?.head(material.mobilenet025, material.flowers, epochs, 1);
    const [run] = await withThaw('wasm', ({ train }) => train('flowers', 'mobilenet025', [{ freeze: 'head', epochs, earlyStopping: false, seed: 1 }]));
    return [
      { name: `head, ${epochs} epochs, MobileNet 0.25, wasm`, unit: 's', thaw: run!.seconds, peers: peer && { keras: peer.seconds }, better: 'less' },
      { name: 'its validation accuracy, wasm', unit: 'of 1', thaw: run!.accuracy, peers: peer && { keras: peer.accuracy }, better: 'more' },
    ];
  },
};
