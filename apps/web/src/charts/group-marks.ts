import { runMark, type RunMark } from './run-mark';

export interface GroupMark extends RunMark { name: string }

/** Every group by name with its mark: the same in all charts of a page, whichever groups are hidden or did not log a metric. groups: run id → group */
export function groupMarks(groups: ReadonlyMap<string, string>): GroupMark[] {
  const names = [...new Set(groups.values())].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  return names.map((name, place) => ({ name, ...runMark(place) }));
}
