import { byCategory } from '../category-order';
import type { Column } from '../columns';
import type { Features } from './forest';

/** What the forest sees of one value of the runs: one feature of a number, one for each category. */
export interface Encoded {
  id: string;
  /** Its features' numbers. */
  features: number[];
  /** null for numbers. */
  categories: readonly string[] | null;
}

export interface Encoding {
  features: Features;
  parts: Encoded[];
}

/** A part's features are neighbours. */
export const belongs = ({ features }: Encoded, feature: number) => feature >= features[0]! && feature <= features.at(-1)!;

const mostCategories = 12;
const missing = 'not given';

/** The rarest of many categories count as one. */
export function encode(columns: readonly Column[], rows: readonly number[]): Encoding {
  const features: Float64Array[] = [];
  const parts = columns.map(({ id, kind, values }): Encoded => {
    if (kind === 'number') {
      const known = rows.map((row) => values[row]).filter((value) => value !== null) as number[];
      const middle = [...known].sort((a, b) => a - b)[known.length >> 1] ?? 0;
      return { id, categories: null, features: [features.push(Float64Array.from(rows, (row) => (values[row] as number | null) ?? middle)) - 1] };
    }
    const categories = commonest(rows.map((row) => (values[row] ?? missing) as string));
    const of = rows.map((row) => categories.indexOf((values[row] ?? missing) as string));
    return { id, categories, features: categories.map((_, category) => features.push(Float64Array.from(of, (own) => Number((own < 0 ? categories.length - 1 : own) === category))) - 1) };
  });
  return { features, parts };
}

function commonest(values: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const ordered = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([value]) => value);
  return ordered.length > mostCategories ? [...ordered.slice(0, mostCategories - 1).sort(byCategory), 'others'] : ordered.sort(byCategory);
}
