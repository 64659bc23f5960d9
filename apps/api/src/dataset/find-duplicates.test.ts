import fc from 'fast-check';
import { findDuplicates } from './find-duplicates';
import { NearIndex } from './near-index';
import { nearDistance } from './perceptual-hash';

const hashOf = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
/** A hash and how it is changed: flips in random places, so that many are near one another and many are just too far. */
const cluster = fc.record({ centre: hashOf, flips: fc.array(fc.array(fc.integer({ min: 0, max: 63 }), { maxLength: 14 }), { minLength: 1, maxLength: 12 }) })
  .map(({ centre, flips }) => flips.map((bits) => bits.reduce((hash, bit) => BigInt.asIntN(64, hash ^ (1n << BigInt(bit))), centre)));

const apart = (a: bigint, b: bigint) => BigInt.asUintN(64, a ^ b).toString(2).replaceAll('0', '').length;

test('the index finds exactly what comparing all with all finds, once each', () => {
  fc.assert(fc.property(fc.array(cluster, { maxLength: 5 }), fc.integer({ min: 0, max: 15 }), hashOf, (clusters, distance, stranger) => {
    const hashes = clusters.flat();
    const index = new NearIndex(distance, hashes.length);
    hashes.forEach((hash) => index.add(hash));
    for (const wanted of [...hashes, stranger]) {
      const found: [number, number][] = [];
      index.search(wanted, (entry, distanceFound) => found.push([entry, distanceFound]));
      const expected = hashes.map((hash, entry): [number, number] => [entry, apart(hash, wanted)]).filter(([, between]) => between <= distance);
      expect(found.sort((a, b) => a[0] - b[0])).toEqual(expected);
    }
  }), { numRuns: 40 });
});

const given = (...pictures: [split: 'TRAIN' | 'VAL', sha256: string, hash: bigint][]) => pictures.map(([split, sha256, perceptualHash]) => ({ split, sha256, perceptualHash }));
const brief = async (pictures: ReturnType<typeof given>) => (await findDuplicates(pictures)).map(({ first, second, exact, distance, leaks }) => `${first}-${second} ${exact ? 'exact' : distance}${leaks ? ' leak' : ''}`);

test('equal bytes are exact, a few bits are near, and across the splits both leak', async () => {
  expect(await brief(given(['TRAIN', 'a', 0n], ['TRAIN', 'a', 0n], ['TRAIN', 'b', 0xffn], ['TRAIN', 'c', 0x1ffn], ['VAL', 'a', 0n], ['VAL', 'd', 0xfen], ['VAL', 'e', -1n]))).toEqual([
    '0-1 exact', '0-2 8', '2-3 1', '0-4 exact leak', '2-4 8 leak', '2-5 1 leak', '3-5 2 leak', '0-5 7 leak', '4-5 7',
  ]);
});

test('what is near a repeat is near the first of it, so no leak is lost', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.record({ at: fc.nat(5), val: fc.boolean() }), { maxLength: 30 }), async (drawn) => {
    const contents = [0n, 0xfn, 0xfffn, -1n, 0xf0f0n, 0x0f0f_0000_0000n];
    const pictures = given(...drawn.map(({ at, val }): ['TRAIN' | 'VAL', string, bigint] => [val ? 'VAL' : 'TRAIN', String(at), contents[at]!])).sort((a, b) => (a.split < b.split ? -1 : a.split > b.split ? 1 : 0));
    const pairs = await findDuplicates(pictures);
    const leaking = new Set(pairs.filter(({ leaks }) => leaks).map(({ second }) => pictures[second]!.sha256));
    const expected = pictures.filter(({ split, perceptualHash }) => split === 'VAL' && pictures.some((other) => other.split === 'TRAIN' && apart(other.perceptualHash, perceptualHash) <= nearDistance)).map(({ sha256 }) => sha256);
    expect(leaking).toEqual(new Set(expected));
    expect(new Set(pairs.map(({ first, second }) => `${first} ${second}`)).size).toBe(pairs.length);
    for (const { first, second } of pairs) expect(first).toBeLessThan(second);
  }), { numRuns: 40 });
});

test('the pairs grow with the pictures, not with their square', async () => {
  const blank = Array.from({ length: 10_000 }, (_, index) => ({ split: index < 8_000 ? 'TRAIN' as const : 'VAL' as const, sha256: 'same', perceptualHash: 7n }));
  expect(await findDuplicates(blank)).toHaveLength(7_999 + 2_000 + 1_999);
  const alike = blank.map((picture, index) => ({ ...picture, sha256: String(index) }));
  const pairs = await findDuplicates(alike);
  expect(pairs.length).toBeLessThanOrEqual(10_000 * 10);
  expect(new Set(pairs.filter(({ leaks }) => leaks).map(({ second }) => second)).size).toBe(2_000);
  // Hashes that all share a block and are near one another.
  const crowded = blank.map((picture, index) => ({ ...picture, sha256: String(index), perceptualHash: BigInt((index * 2654435761) % 4096) }));
  expect((await findDuplicates(crowded)).length).toBeLessThanOrEqual(10_000 * 10);
}, 60_000);
