import type { RecentPage } from './recent-pages';

/** What can be looked at, as far as it is known; null: all of it may be there. */
export interface Present { runs: readonly string[] | null; datasets: readonly string[] | null; reports: readonly string[] | null }

/** Without what was deleted since. */
export function stillThere(pages: readonly RecentPage[], present: Present): RecentPage[] {
  return pages.filter(({ href }) => {
    const [section, name] = href.split('/').slice(-2).map(decodeURIComponent);
    const all = present[section as keyof Present] ?? null;
    return all === null || all.includes(name!);
  });
}

/** Ids of the runs among them. */
export const runsAmong = (pages: readonly RecentPage[]) => pages.flatMap(({ href }) => (href.split('/').at(-2) === 'runs' ? [href.split('/').at(-1)!] : []));
