import * as tf from '@tensorflow/tfjs';

interface WasmModule {
  _malloc(bytes: number): number;
  _free(address: number): void;
  HEAPU8: Uint8Array;
}

/** 32-bit addresses. */
const addressable = 2 ** 32;
const guarded = new WeakSet<WasmModule>();

/**
 * When memory runs out malloc answers 0, and tfjs 4.22 writes the tensor there: over the backend's own data, so that
 * it computes nonsense or dies at some later call. Here it throws instead. What lives is unharmed, but what the failing
 * operation had allocated is lost.
 */
export function refuseLostAllocations(): void {
  const { wasm } = tf.backend() as unknown as { wasm: WasmModule };
  if (guarded.has(wasm)) return;
  guarded.add(wasm);
  // At its first call Emscripten's stub puts the real function in its own place, and would replace this one.
  wasm._free(wasm._malloc(1));
  const allocate = wasm._malloc;
  wasm._malloc = (bytes) => {
    // A larger size would wrap around and be answered with too little.
    const address = bytes < addressable ? allocate(bytes) : 0;
    if (address === 0 && bytes > 0) throw new RangeError(`Out of memory: ${mebibytes(bytes)} MiB more were needed; the wasm backend holds ${mebibytes(wasm.HEAPU8.length)} MiB, of 4096 at most.`);
    return address;
  };
}

const mebibytes = (bytes: number) => Math.ceil(bytes / 2 ** 20);
