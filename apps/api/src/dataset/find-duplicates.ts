import { setImmediate as nextTurn } from 'node:timers/promises';
import type { PictureRow, Split } from '@thaw/db';
import type { NewDuplicate } from '@thaw/db/queries/dataset/insert-version';
import { NearIndex } from './near-index';
import { nearDistance } from './perceptual-hash';

/** Pictures that a picture can be paired with for looking like it, of either split. */
const nearest = 5;

type Hashed = Pick<PictureRow, 'split' | 'sha256'> & { perceptualHash: bigint };
type BySplit<Value> = Record<Split, Value>;

/**
 * Pairs of pictures that are the same, or nearly so; a picture's index is its position, training first. So that 10,000 blank
 * pictures make 14,000 pairs and not 50 million, each is paired with those before it only: the first with the same bytes
 * and the five most alike, of either split. A repeat of the same bytes within a split is not compared any further: the
 * first of them is.
 */
export async function findDuplicates(pictures: readonly Hashed[], distance = nearDistance): Promise<NewDuplicate[]> {
  const pairs: NewDuplicate[] = [];
  const firsts: BySplit<Map<string, number>> = { TRAIN: new Map(), VAL: new Map() };
  const index = new NearIndex(distance, pictures.length);
  const entries = new Map<bigint, number>();
  /** By entry of the index: its first pictures. One more than can be paired, as one may have the same bytes. */
  const holders: BySplit<number[][]> = { TRAIN: [], VAL: [] };

  for (const [second, { sha256, split, perceptualHash: hash }] of pictures.entries()) {
    // A large dataset takes seconds; others want their answers meanwhile.
    if (second % 100 === 99) await nextTurn();
    const add = (first: number, apart: number) => pairs.push({ first, second, exact: pictures[first]!.sha256 === sha256, distance: apart, leaks: pictures[first]!.split !== split });
    for (const same of [firsts.TRAIN.get(sha256), firsts.VAL.get(sha256)]) if (same !== undefined) add(same, 0);
    if (firsts[split].has(sha256)) continue;
    firsts[split].set(sha256, second);

    const [training, validation] = [new Nearest(distance), new Nearest(distance)];
    const isOther = (first: number) => pictures[first]!.sha256 !== sha256;
    index.search(hash, (entry, apart) => {
      if (apart <= training.farthest) for (const first of holders.TRAIN[entry]!) if (isOther(first)) training.offer(first, apart);
      if (apart <= validation.farthest) for (const first of holders.VAL[entry]!) if (isOther(first)) validation.offer(first, apart);
    });
    for (const { first, apart } of [...training.found, ...validation.found]) add(first, apart);

    let entry = entries.get(hash);
    if (entry === undefined) {
      entry = index.add(hash);
      entries.set(hash, entry);
      holders.TRAIN[entry] = [];
      holders.VAL[entry] = [];
    }
    if (holders[split][entry]!.length <= nearest) holders[split][entry]!.push(second);
  }
  return pairs;
}

/** The few most alike, sorted; the earlier picture first among equals, so that the order of look-ups decides nothing. */
class Nearest {
  readonly found: { first: number; apart: number }[] = [];

  /** farthest: beyond it an offer is in vain. In a crowd of like pictures nearly all are. */
  constructor(public farthest: number) {}

  offer(first: number, apart: number): void {
    let place = this.found.length;
    while (place > 0 && (this.found[place - 1]!.apart > apart || (this.found[place - 1]!.apart === apart && this.found[place - 1]!.first > first))) place--;
    if (place >= nearest) return;
    this.found.splice(place, 0, { first, apart });
    if (this.found.length > nearest) this.found.pop();
    if (this.found.length === nearest) this.farthest = this.found[nearest - 1]!.apart;
  }
}
