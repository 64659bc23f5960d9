'use client';

import { GitCompare } from 'lucide-react';
import { mostCompared, mostNamed, selectionQuery } from '../../compare/selection';
import { formatCount } from '../../format/numbers';
import { useProjectPath } from '../../shell/project-context';
import { Button, ButtonLink } from '../../ui/button';

interface CompareLinkProps { selected: ReadonlySet<string>; /** Of all that match. */ total: number | null; isAll: boolean; /** The table's baseline. */ base: string | null; search: { q: string; sort: string; dir: 'asc' | 'desc' } }

/** Few are named; all that match are found again by their search. */
export function CompareLink({ selected, total, isAll, base, search }: CompareLinkProps) {
  const path = useProjectPath();
  const count = selected.size;
  if (count < 2) return <Button disabled title="Select two or more runs to compare them"><GitCompare aria-hidden />Compare</Button>;
  if (count > mostNamed && !isAll) return <Button disabled title={`At most ${mostNamed} runs are compared by name. Narrow the table down by a search and select all of it: then as many as ${mostCompared} are.`}><GitCompare aria-hidden />Compare {formatCount(count)} runs</Button>;
  const shown = Math.min(count, mostCompared);
  const href = count > mostNamed ? selectionQuery(path('compare'), { ...search, base, first: Math.min(total ?? mostCompared, mostCompared) }) : selectionQuery(path('compare'), { runs: [...selected], base });
  return <ButtonLink href={href}><GitCompare aria-hidden />Compare {shown < count ? `the first ${formatCount(shown)}` : shown} runs</ButtonLink>;
}
