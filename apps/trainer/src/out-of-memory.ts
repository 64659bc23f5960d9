/** How V8, Node's buffers, Emscripten (wasm), the C++ library and libtensorflow say it. */
const signs = [
  /out of memory/i,
  /\bOOM\b/,
  /RESOURCE_EXHAUSTED|ResourceExhausted/,
  /Array buffer allocation failed/,
  /Cannot enlarge memory/,
  /failed to allocate/i,
  /memory access out of bounds/,
  /Invalid typed array length/,
  /std::bad_alloc/,
];

export const isOutOfMemory = (error: unknown): boolean => signs.some((sign) => sign.test(String((error as Error)?.message ?? error)));
