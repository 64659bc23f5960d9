import { closest, distance } from 'fastest-levenshtein';

/** The candidate that a misspelt name most likely means; null when none is near. */
export function nearest(name: string, candidates: readonly string[]): string | null {
  if (name.length > 64 || candidates.length === 0) return null;
  const lower = candidates.map((candidate) => candidate.toLowerCase());
  const best = closest(name.toLowerCase(), lower);
  return distance(name.toLowerCase(), best) <= Math.max(1, Math.floor(best.length / 3)) ? candidates[lower.indexOf(best)]! : null;
}
