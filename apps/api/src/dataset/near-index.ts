const blocks = [0, 1, 2, 3] as const;

/**
 * Finds 64-bit hashes that differ in few bits without comparing all with all. Of four blocks of 16 bits at least one
 * differs in at most a quarter of the bits allowed, so looking up every such variant of each block in a table misses nothing
 * (multi-index hashing, Norouzi et al. 2012). At 8 bits that is 4 × 137 look-ups; a BK-tree visits most of its nodes there.
 */
export class NearIndex {
  /** Changes to a block of 16 bits that must be looked up. */
  readonly #variants: Int32Array;
  readonly #high: Int32Array;
  readonly #low: Int32Array;
  /** By block: the last entry added for each value, and for each entry the one before it. */
  readonly #heads = blocks.map(() => new Int32Array(65_536).fill(-1));
  readonly #previous: Int32Array[];
  /** The search that last saw an entry, as several blocks may lead to it. */
  readonly #seen: Int32Array;
  #searches = 0;
  #size = 0;

  constructor(readonly distance: number, capacity: number) {
    this.#variants = new Int32Array(65_536).map((_, bits) => bits).filter((bits) => bitCount(bits) <= Math.floor(distance / 4));
    this.#high = new Int32Array(capacity);
    this.#low = new Int32Array(capacity);
    this.#previous = blocks.map(() => new Int32Array(capacity));
    this.#seen = new Int32Array(capacity);
  }

  /** The entry's number: 0, 1, 2 … */
  add(hash: bigint): number {
    const entry = this.#size++;
    const [high, low] = halves(hash);
    this.#high[entry] = high;
    this.#low[entry] = low;
    for (const block of blocks) {
      const value = blockOf(block, high, low);
      this.#previous[block]![entry] = this.#heads[block]![value]!;
      this.#heads[block]![value] = entry;
    }
    return entry;
  }

  /** Calls `found` once for each entry within the distance. */
  search(hash: bigint, found: (entry: number, distance: number) => void): void {
    const search = ++this.#searches;
    const [high, low] = halves(hash);
    // Read once: the loop below runs tens of millions of times over a large dataset.
    const [seen, highs, lows, variants, most] = [this.#seen, this.#high, this.#low, this.#variants, this.distance];
    for (const block of blocks) {
      const [value, heads, previous] = [blockOf(block, high, low), this.#heads[block]!, this.#previous[block]!];
      for (let at = 0; at < variants.length; at++) {
        for (let entry = heads[value ^ variants[at]!]!; entry !== -1; entry = previous[entry]!) {
          if (seen[entry] === search) continue;
          seen[entry] = search;
          const distance = bitCount(highs[entry]! ^ high) + bitCount(lows[entry]! ^ low);
          if (distance <= most) found(entry, distance);
        }
      }
    }
  }
}

const halves = (hash: bigint): [high: number, low: number] => [Number(BigInt.asIntN(32, hash >> 32n)), Number(BigInt.asIntN(32, hash))];
const blockOf = (block: number, high: number, low: number) => ((block < 2 ? high : low) >>> (block % 2 === 0 ? 16 : 0)) & 0xffff;

function bitCount(bits: number): number {
  const pairs = bits - ((bits >>> 1) & 0x55555555);
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  const bytes = (nibbles + (nibbles >>> 4)) & 0x0f0f0f0f;
  const words = bytes + (bytes >>> 8);
  return (words + (words >>> 16)) & 0x7f;
}
