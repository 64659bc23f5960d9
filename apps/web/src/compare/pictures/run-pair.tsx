'use client';

import { ArrowLeftRight } from 'lucide-react';
import { parseAsString, useQueryStates } from 'nuqs';
import { RunDot } from '../../charts/run-dot';
import { Button } from '../../ui/button';
import { SelectInput } from '../../ui/fields';

interface Named { id: string; name: string }

const address = { a: parseAsString, b: parseAsString };

/** Two of the runs, as the address has them; else the first two. */
export function useRunPair<Run extends Named>(runs: readonly Run[]): { first: Run; second: Run; choose: (pair: { a?: string; b?: string }) => void } {
  const [{ a, b }, choose] = useQueryStates(address, { history: 'replace' });
  const first = runs.find(({ id }) => id === a) ?? runs.find(({ id }) => id !== b) ?? runs[0]!;
  const second = runs.find(({ id }) => id === b && id !== first.id) ?? runs.find(({ id }) => id !== first.id) ?? first;
  return { first, second, choose: (pair) => void choose({ a: first.id, b: second.id, ...pair }) };
}

/** Chooses which two. */
export function RunPair({ runs, labels = ['Before', 'After'] }: { runs: readonly Named[]; labels?: readonly [string, string] }) {
  const { first, second, choose } = useRunPair(runs);
  const select = (label: string, run: Named, other: Named, key: 'a' | 'b') => (
    <label className="flex min-w-0 items-center gap-1.5 text-xs text-muted">
      <RunDot id={run.id} />{label}
      <SelectInput value={run.id} onChange={(event) => choose({ [key]: event.target.value, ...(event.target.value === other.id ? { [key === 'a' ? 'b' : 'a']: run.id } : {}) })} className="h-7! w-44! text-xs!">
        {runs.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
      </SelectInput>
    </label>
  );
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      {select(labels[0], first, second, 'a')}
      <Button variant="ghost" size="icon" aria-label="Swap the two runs" title="Swap the two runs" onClick={() => choose({ a: second.id, b: first.id })}><ArrowLeftRight aria-hidden /></Button>
      {select(labels[1], second, first, 'b')}
    </div>
  );
}
