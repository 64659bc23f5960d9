import * as tf from '@tensorflow/tfjs';
import { registerMissingKernels } from '../src/kernels/register-missing-kernels';

/** "wasm", "cpu", or the path of a tfjs-node package. */
export async function useBackend(name: string): Promise<void> {
  if (name === 'wasm') require('@tensorflow/tfjs-backend-wasm');
  else if (name !== 'cpu') require(name);
  await tf.setBackend(name === 'wasm' || name === 'cpu' ? name : 'tensorflow');
  await tf.ready();
  registerMissingKernels(tf.getBackend());
}
