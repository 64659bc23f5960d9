import type { RunGroupField, RunGroupsQuery, RunOrder } from '../../generated/graphql';

type Group = RunGroupsQuery['runGroups']['nodes'][number];
type By = { field: RunGroupField } | { param: string };

/**
 * Groups in the order of the table: by the mean of the metric it is sorted by, or by what they are grouped by. Sorted by
 * anything else they stay as the API lists them, the largest first. Those without a value come last either way.
 */
export function orderGroups(groups: readonly Group[], { field, key, stat, direction }: RunOrder, by: By): readonly Group[] {
  const isGroupedBy = 'field' in by ? by.field === (field as string) : field === 'CONFIG' && by.param === key;
  if (field !== 'METRIC' && !isGroupedBy) return groups;
  const valueOf = (group: Group): unknown => (field === 'METRIC' ? group.aggregates.find((each) => each.key === key && each.stat === stat)?.mean : group.values[0]!.value);
  const sign = direction === 'ASC' ? 1 : -1;
  const sorted = groups.map((group) => ({ group, value: valueOf(group) })).sort((a, b) => {
    const missing = Number(isMissing(a.value)) - Number(isMissing(b.value));
    return missing !== 0 || isMissing(a.value) ? missing : sign * compare(a.value, b.value);
  });
  return sorted.map(({ group }) => group);
}

const isMissing = (value: unknown): boolean => value === null || value === undefined || value === '';

/** Numbers before text, as rows are sorted. */
function compare(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'number' || typeof b === 'number') return typeof a === 'number' ? -1 : 1;
  return String(a) < String(b) ? -1 : Number(String(a) > String(b));
}
