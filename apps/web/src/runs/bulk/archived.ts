import type { RunFilter } from '../../generated/graphql';

/** A run is archived by a tag, which every client, search and backup knows already: docs/decisions/0016. */
export const archivedTag = 'archived';

/** Archived runs are out of sight, unless they are asked for. */
export const inSight = (archived: boolean): RunFilter | null => (archived ? null : { not: { tag: archivedTag } });

/** The same as a search, for pages that know nothing else. */
export const searchInSight = (q: string, archived: boolean): string => (archived ? q : q.trim() === '' ? `not tag = ${archivedTag}` : `(${q}) and not tag = ${archivedTag}`);
