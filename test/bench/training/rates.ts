import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { root } from '../../kit/shared-data';
import type { Figure } from '../kit/publish';
import type { Group } from './group';
import { material } from './material';

interface Rates {
  features: number;
  evaluation: number;
  training: number;
}

/** Pictures a second in batches of 32 on the native backend, decoding not included on either side. */
export const ratesGroup: Group = {
  name: 'rates',
  async measure({ steps, models }, keras) {
    const figures: Figure[] = [];
    const all = [['MobileNet 0.25', material.mobilenet025], ['MobileNet 0.75', material.mobilenet075]] as const;
    for (const [title, model] of all.slice(0, models)) {
      const peer = await keras?.rates(model, 'frozen', steps);
      const thaw = await measureRates(model, 'frozen', steps);
      const peerNorms = await keras?.rates(model, 'train', steps);
      const thawNorms = await measureRates(model, 'train', steps);
      const row = (name: string, figure: number, keras: number | undefined, timesBestPeer?: number): Figure =>
        ({ name: `${name}, ${title}`, unit: 'pictures/s', thaw: figure, peers: keras === undefined ? undefined : { keras }, better: 'more', ...(timesBestPeer ? { goal: { timesBestPeer } } : {}) });
      figures.push(
        row('forward', thaw.evaluation, peer?.forward, 0.9),
        // Keras's graph is traced before its clock starts, so this one is no match: it is told for what a run's first second is like.
        row('first pass of a run, making its graph', thaw.features, peer?.forward),
        row('training all layers', thaw.training, peer?.training, 0.8),
        row('the same, normalisation too', thawNorms.training, peerNorms?.training, 0.8),
      );
    }
    return figures;
  },
};

/** In a process of its own, as Keras has one. */
async function measureRates(model: string, norms: 'frozen' | 'train', steps: number): Promise<Rates> {
  const script = path.join(root, 'libs/training/scripts/measure-rates.ts');
  const args = [path.join(root, 'node_modules/tsx/dist/cli.mjs'), '--tsconfig', path.join(root, 'tsconfig.base.json'), script, model, native, `norms=${norms}`, `steps=${steps}`];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root, maxBuffer: 1e8 });
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as Rates;
}

const native = path.join(root, '.native/node_modules/@tensorflow/tfjs-node');
