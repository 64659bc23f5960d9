import { refuseLostAllocations } from './wasm/refuse-lost-allocations';
import { registerWasmKernels } from './wasm/register';

/** Adds the gradients a backend lacks; call it once, after choosing the backend. `backendName` as tf.getBackend() says it. */
export function registerMissingKernels(backendName: string): void {
  if (backendName !== 'wasm') return;
  registerWasmKernels();
  refuseLostAllocations();
}
