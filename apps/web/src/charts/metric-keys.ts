/** Whether a smaller value is better; null when neither end is. */
export function lowerIsBetter(key: string): boolean | null {
  if (/loss|error|perplexity/i.test(key)) return true;
  if (/accuracy|precision|recall|f1|auc|throughput/i.test(key)) return false;
  return null;
}

/** Validation first, then training, the rest, the machine's own last; alphabetical within. */
export function sortMetricKeys(keys: Iterable<string>): string[] {
  const place = (key: string) => ['val/accuracy', 'val/loss', 'train/accuracy', 'train/loss'].indexOf(key) >>> 0;
  const group = (key: string) => (key.startsWith('val/') ? 0 : key.startsWith('train/') ? 1 : key.startsWith('system/') ? 3 : 2);
  return [...new Set(keys)].sort((a, b) => place(a) - place(b) || group(a) - group(b) || (a < b ? -1 : 1));
}

/** Index of the best value; ties share it, so all are returned. */
export function bestIndexes(key: string, values: readonly (number | null | undefined)[]): Set<number> {
  const lower = lowerIsBetter(key);
  const finite = values.filter((value): value is number => typeof value === 'number' && Number.isFinite(value));
  if (lower === null || finite.length < 2) return new Set();
  const best = lower ? Math.min(...finite) : Math.max(...finite);
  return new Set(values.flatMap((value, index) => (value === best ? [index] : [])));
}
