'use client';

/** A run, dataset or report that was looked at. */
export interface RecentPage { href: string; title: string }

const place = (project: string) => `thaw:recent:${project}`;
const kept = 6;

export function recentPages(project: string): RecentPage[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(place(project)) ?? '[]');
    return Array.isArray(stored) ? stored.filter((page: Partial<RecentPage>) => typeof page?.href === 'string' && typeof page.title === 'string') : [];
  } catch {
    return [];
  }
}

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

export function rememberPage(project: string, page: RecentPage): void {
  try {
    localStorage.setItem(place(project), JSON.stringify([page, ...recentPages(project).filter(({ href }) => href !== page.href)].slice(0, kept)));
  } catch {
    // A browser that keeps nothing has no recent pages.
  }
}
