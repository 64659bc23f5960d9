import { existsSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { registerMissingKernels } from '@thaw/training';
import { backendNames, type BackendName } from '../env';
import { executorProgram } from '../executor-program';
import { devices } from '../system/gpu/devices';
import { loadNative } from './native-backend';
import type { Probe } from './probe';
import { probeApart } from './probe-apart';
import { repositoryRoot } from './repository-root';

export interface ChosenBackend {
  name: BackendName;
  /** Faster backends that did not load, each with its reason. */
  passedOver: { name: BackendName; reason: string }[];
  /** version of libtensorflow, of the native backends */
  library?: string;
  /** the package that binds it, and its version */
  binding?: string;
}

type Native = Pick<ChosenBackend, 'library' | 'binding'>;

/** The fastest backend that loads here; with `forced` that one, or an error that says why not. */
export async function chooseBackend(forced?: BackendName): Promise<ChosenBackend> {
  if (forced) {
    try {
      return { name: forced, passedOver: [], ...(await startChecked(forced)) };
    } catch (error) {
      throw new Error(`THAW_BACKEND asks for ${forced}, which does not load: ${(error as Error).message} Unset it to use the fastest backend that loads; \`npm run -s thaw -- doctor\` says what is missing.`, { cause: error });
    }
  }
  const passedOver: ChosenBackend['passedOver'] = [];
  for (const name of backendNames) {
    try {
      return { name, passedOver, ...(await startChecked(name)) };
    } catch (error) {
      passedOver.push({ name, reason: (error as Error).message });
    }
  }
  throw new Error(`No TensorFlow backend loads here.\n${passedOver.map(({ name, reason }) => `${name}: ${reason}`).join('\n')}`);
}

/** Makes `name` the backend of this process, or throws why it cannot be. */
export async function startBackend(name: BackendName): Promise<Native> {
  const native = await load(name);
  registerMissingKernels(tf.getBackend());
  // A backend that loads may still not compute, for want of an instruction set or a driver.
  const product = tf.tidy(() => tf.matMul(tf.tensor2d([[1, 2], [3, 4]]), tf.tensor2d([[5, 6], [7, 8]])));
  const values = [...(await product.data())].join();
  product.dispose();
  if (values !== '19,22,43,50') throw new Error(`It multiplies wrongly: ${values}.`);
  return native;
}

async function load(name: BackendName): Promise<Native> {
  switch (name) {
    case 'tfjs-node-gpu': {
      const { onGpu, folder, ...native } = loadNative();
      if (!onGpu) throw new Error(`${path.relative(repositoryRoot(), folder)} loads but computes on the CPU: it finds no GPU it can use.`);
      await activate('tensorflow');
      return native;
    }
    case 'tfjs-node': {
      // Read by libtensorflow when it loads; after an attempt at the GPU it is loaded, and found none.
      process.env.CUDA_VISIBLE_DEVICES ??= '-1';
      const { library, binding } = loadNative();
      await activate('tensorflow');
      return { library, binding };
    }
    case 'wasm':
      // One thread: tfjs 4.22 has none on Node.
      setWasmPaths(`${path.join(repositoryRoot(), 'node_modules/@tensorflow/tfjs-backend-wasm/dist')}/`);
      await activate('wasm');
      return {};
    case 'cpu':
      await activate('cpu');
      return {};
  }
}

async function activate(backend: string): Promise<void> {
  if (!(await tf.setBackend(backend))) throw new Error(`The backend ${backend} did not start.`);
  await tf.ready();
}

/** TensorFlow ends the process in which it finds a GPU but not the CUDA libraries it wants: another process tries first. */
async function startChecked(name: BackendName) {
  if (name === 'tfjs-node-gpu' && (await devices()).length > 0) {
    const probed: Probe = existsSync(executorProgram) ? probeApart(name) : { loads: true };
    if (!probed.loads) throw new Error(probed.reason);
    // Read by libtensorflow when it loads. Without it the same run gives other numbers each time on a GPU.
    process.env.TF_DETERMINISTIC_OPS ??= '1';
  }
  return startBackend(name);
}
