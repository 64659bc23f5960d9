/** Ids of the runs that the address says are selected; null when there are not two to compare. */
export function selectedRuns(search: string): string[] | null {
  const ids = (new URLSearchParams(search).get('selected') ?? '').split(',').filter(Boolean);
  return ids.length >= 2 ? ids : null;
}
