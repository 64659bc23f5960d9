export interface Objective { values: readonly (number | string | null)[]; lower: boolean }

/** Places that nothing beats in both at once: another is better in one only by being worse in the other. By the first objective, best first. */
export function paretoFront(a: Objective, b: Objective): number[] {
  const signed = ({ values, lower }: Objective, place: number) => Number(values[place]) * (lower ? 1 : -1);
  const places = a.values.map((_, place) => place).filter((place) => typeof a.values[place] === 'number' && typeof b.values[place] === 'number');
  places.sort((one, other) => signed(a, one) - signed(a, other) || signed(b, one) - signed(b, other));
  let best = Number.POSITIVE_INFINITY;
  let last = Number.NaN;
  return places.filter((place) => {
    const [first, second] = [signed(a, place), signed(b, place)];
    // Of runs that are equal in both, all are on the front.
    if (second > best || (second === best && first !== last)) return false;
    [best, last] = [second, first];
    return true;
  });
}
