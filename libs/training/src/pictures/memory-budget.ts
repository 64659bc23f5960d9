/** What a run may keep in memory beyond what it must: frozen features first, then decoded pictures. */
export interface MemoryBudget {
  /** Whether there was room; then it is taken. What is lent is called back for it. */
  take(bytes: number): boolean;
  giveBack(bytes: number): void;
  /**
   * Room that lasts until it is needed for something that must stay: `letGo` is told. So whether that finds room does
   * not depend on what else came before, and a run that was interrupted finds what an uninterrupted one does.
   */
  lender(letGo: () => void): Pick<MemoryBudget, 'take'>;
}

export function memoryBudget(bytes: number): MemoryBudget {
  let free = bytes;
  const loans: { bytes: number; letGo(): void }[] = [];
  const takeFree = (wanted: number) => {
    if (wanted > free) return false;
    free -= wanted;
    return true;
  };
  return {
    take(wanted) {
      const lent = loans.reduce((sum, loan) => sum + loan.bytes, 0);
      if (wanted > free && wanted <= free + lent) {
        for (const loan of loans) {
          loan.letGo();
          loan.bytes = 0;
        }
        free += lent;
      }
      return takeFree(wanted);
    },
    giveBack(taken) {
      free += taken;
    },
    lender(letGo) {
      const loan = { bytes: 0, letGo };
      loans.push(loan);
      return {
        take(wanted) {
          const taken = takeFree(wanted);
          if (taken) loan.bytes += wanted;
          return taken;
        },
      };
    },
  };
}
