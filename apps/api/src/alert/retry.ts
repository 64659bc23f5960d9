/** Of one message, the first included. */
export const mostAttempts = 8;
const firstRetrySeconds = 5;
const growth = 5;
/** Each pause is up to so much longer or shorter, so that what failed together does not come back together. */
const jitter = 0.2;
const longestSeconds = 24 * 3600;

/**
 * Seconds after the nth failed attempt: about 5, 25, then 2 and 10 minutes, 1 hour, 4 and 22 hours; some 27 hours in all.
 * null: that was the last. asked: what the receiver wished for (Retry-After).
 */
export function retryAfter(attempt: number, { asked = 0, random = Math.random() }: { asked?: number; random?: number } = {}): number | null {
  if (attempt >= mostAttempts) return null;
  const pause = firstRetrySeconds * growth ** (attempt - 1) * (1 + jitter * (2 * random - 1));
  return Math.max(pause, Math.min(asked, longestSeconds));
}
