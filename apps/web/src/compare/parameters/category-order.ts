/** Categories as people expect them: numbers that are text by their size, before words. */
export function byCategory(a: string, b: string): number {
  const [one, other] = [numberOf(a), numberOf(b)];
  if (!Number.isNaN(one) && !Number.isNaN(other) && one !== other) return one - other;
  if (Number.isNaN(one) !== Number.isNaN(other)) return Number.isNaN(one) ? 1 : -1;
  return a < b ? -1 : a > b ? 1 : 0;
}

const numberOf = (text: string) => (text.trim() === '' ? Number.NaN : Number(text));
