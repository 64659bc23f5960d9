/** 0: not all words typed are in it. Else how well: words that begin as typed come before those that hold it somewhere. */
export function matchScore(value: string, typed: string): number {
  const text = value.toLowerCase();
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  if (!words.every((word) => text.includes(word))) return 0;
  const begun = words.filter((word) => text.split(/[\s/_.-]+/).some((part) => part.startsWith(word))).length;
  return words.length === 0 ? 1 : 0.5 + begun / (2 * words.length);
}
