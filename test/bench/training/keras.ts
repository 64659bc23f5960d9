import path from 'node:path';
import { installPythonPeer } from '../kit/python-peer';

/** One libtensorflow for both: `npm run native` takes it from the same release. */
export const requirements = ['tensorflow-cpu==2.16.2', 'tf-keras==2.16.0', 'pillow==13.0.0'];

export interface Keras {
  /** Model.fit on a frozen base. */
  head(model: string, data: string, epochs: number, seed: number): Promise<{ seconds: number; accuracy: number }>;
  /** The best validation accuracy of seeds 1, 2, … */
  accuracies(model: string, data: string, epochs: number, seeds: number): Promise<{ accuracies: number[] }>;
  /** Pictures a second in batches of 32; normalisation frozen or trained. */
  rates(model: string, norms: 'frozen' | 'train', steps: number): Promise<{ forward: number; training: number }>;
}

export function startKeras(): Keras {
  const python = installPythonPeer(requirements);
  const run = <Answer>(script: string, ...args: (string | number)[]) => python.run<Answer>(path.join(__dirname, script), args.map(String), { TF_CPP_MIN_LOG_LEVEL: '3' });
  return {
    head: (model, data, epochs, seed) => run('keras_training.py', 'head', model, data, epochs, seed),
    accuracies: (model, data, epochs, seeds) => run('keras_training.py', 'accuracy', model, data, epochs, seeds),
    rates: (model, norms, steps) => run('keras_rates.py', model, `norms=${norms}`, `steps=${steps}`),
  };
}
