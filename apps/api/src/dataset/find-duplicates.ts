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
 * pictures make 10,000 pairs and not 50 million, each is paired with those before it only: the first with the same bytes
 * and the five most alike, of either split. A repeat of the same bytes within a split is not compared any further: the
 * first of them is.
 */
export async function findDuplicates(pictures: readonly Hashed[], distance = nearDistance): Promise<NewDuplicate[]> {
  const pairs: NewDuplicate[] = [];
  const firsts: BySplit<Map<string, number>> = { TRAIN: new Map(), VAL: new Map() };
  const index = new NearIndex(distance, pictures.length);
  const entries = new Map<bigint, number>();
  /** By entry of the index: its first pictures. One more than can be paired, as one may have the same bytes. */
  const holders: BySplit<number[]>[] = [];

  for (const [second, { sha256, split, perceptualHash: hash }] of pictures.entries()) {
    // A large dataset takes seconds; others want their answers meanwhile.
    if (second % 1000 === 999) await nextTurn();
    const add = (first: number, apart: number) => pairs.push({ first, second, exact: pictures[first]!.sha256 === sha256, distance: apart, leaks: pictures[first]!.split !== split });
    for (const same of [firsts.TRAIN.get(sha256), firsts.VAL.get(sha256)]) if (same !== undefined) add(same, 0);
    if (firsts[split].has(sha256)) continue;
    firsts[split].set(sha256, second);

    const closest: BySplit<{ first: number; apart: number }[]> = { TRAIN: [], VAL: [] };
    index.search(hash, (entry, apart) => {
      for (const [list, held] of [[closest.TRAIN, holders[entry]!.TRAIN], [closest.VAL, holders[entry]!.VAL]] as const) {
        for (const first of held) if (pictures[first]!.sha256 !== sha256) keepNearest(list, { first, apart });
      }
    });
    for (const { first, apart } of [...closest.TRAIN, ...closest.VAL]) add(first, apart);

    let entry = entries.get(hash);
    if (entry === undefined) {
      entry = index.add(hash);
      entries.set(hash, entry);
      holders[entry] = { TRAIN: [], VAL: [] };
    }
    if (holders[entry]![split].length <= nearest) holders[entry]![split].push(second);
  }
  return pairs;
}

/** The list stays sorted, the earlier picture first among equals, so that the order of look-ups decides nothing. */
function keepNearest(list: { first: number; apart: number }[], candidate: { first: number; apart: number }): void {
  const isBefore = (other: { first: number; apart: number }) => other.apart < candidate.apart || (other.apart === candidate.apart && other.first < candidate.first);
  let place = list.length;
  while (place > 0 && !isBefore(list[place - 1]!)) place--;
  if (place >= nearest) return;
  list.splice(place, 0, candidate);
  if (list.length > nearest) list.pop();
}
