/** One line of a benchmark's table, and of its JSON. */
export interface Result {
  name: string;
  unit: string;
  thaw: number;
  /** The same work done by others, in the same run on the same machine. */
  peers: Record<string, number>;
  /** How many times better than the best peer; null without one. */
  ratio: number | null;
  /** In words, such as "≥ 50 × the best peer"; null for figures that are only told. */
  goal: string | null;
  met: boolean | null;
}

interface Measured {
  name: string;
  unit: string;
  thaw: number;
  peers?: Record<string, number>;
  /** Whether more is better, as with rates, or less, as with times and sizes. */
  better: 'more' | 'less';
  goal?: { atLeast: number } | { atMost: number } | { timesBestPeer: number };
}

/** A goal against a peer that was not measured is not met: nothing was shown. */
export function judge({ name, unit, thaw, peers = {}, better, goal }: Measured): Result {
  const others = Object.values(peers);
  const ratio = others.length === 0 ? null : better === 'more' ? thaw / Math.max(...others) : Math.min(...others) / thaw;
  if (!goal) return { name, unit, thaw, peers, ratio, goal: null, met: null };
  if ('atLeast' in goal) return { name, unit, thaw, peers, ratio, goal: `≥ ${goal.atLeast} ${unit}`, met: thaw >= goal.atLeast };
  if ('atMost' in goal) return { name, unit, thaw, peers, ratio, goal: `≤ ${goal.atMost} ${unit}`, met: thaw <= goal.atMost };
  return { name, unit, thaw, peers, ratio, goal: `≥ ${goal.timesBestPeer} × the best peer`, met: ratio !== null && ratio >= goal.timesBestPeer };
}
