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

export function rememberPage(project: string, page: RecentPage): void {
  try {
    localStorage.setItem(place(project), JSON.stringify([page, ...recentPages(project).filter(({ href }) => href !== page.href)].slice(0, kept)));
  } catch {
    // A browser that keeps nothing has no recent pages.
  }
}
