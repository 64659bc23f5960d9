/** What a run may keep in memory beyond what it must: frozen features first, then decoded pictures. */
export interface MemoryBudget {
  /** Whether there was room; then it is taken. */
  take(bytes: number): boolean;
  giveBack(bytes: number): void;
}

export function memoryBudget(bytes: number): MemoryBudget {
  let free = bytes;
  return {
    take(wanted) {
      if (wanted > free) return false;
      free -= wanted;
      return true;
    },
    giveBack(taken) {
      free += taken;
    },
  };
}
