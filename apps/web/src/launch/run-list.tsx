import { nameOfRun, type GridRun } from '@thaw/config';
import type { EstimateRunsQuery } from '../generated/graphql';
import { formatDuration } from '../format/time';
import { Field, TextInput } from '../ui/fields';
import { Panel } from '../ui/panel';

interface RunListProps {
  runs: readonly GridRun[];
  /** Combinations left out, because another run is the same. */
  same: number;
  words: string;
  name: string;
  tag: string;
  estimates: EstimateRunsQuery['estimateRuns'] | null;
  onTag: (tag: string) => void;
}

/** What several values will make: each run by its name, and the tag they are found by again. */
export function RunList({ runs, same, words, name, tag, estimates, onTag }: RunListProps) {
  return (
    <Panel title={`${runs.length} runs: ${words}`}>
      <div className="grid gap-4 sm:grid-cols-[minmax(0,1fr)_16rem]">
        <div className="min-w-0">
          <ol tabIndex={0} aria-label="Runs to be made" className="num max-h-48 overflow-y-auto rounded-md border text-xs">
            {runs.map(({ varied }, index) => {
              const seconds = estimates?.runs[index]?.seconds;
              return <li key={index} className="flex gap-3 border-b px-2.5 py-1 last:border-b-0"><span className="min-w-0 flex-1 truncate">{nameOfRun(name.trim(), varied)}</span>{typeof seconds === 'number' && <span className="text-muted">{formatDuration(seconds)}</span>}</li>;
            })}
          </ol>
          {same > 0 && <p className="mt-1 text-xs text-muted">{same} more combinations would be the same as one of these, and are left out.</p>}
        </div>
        <Field id="common-tag" label="Common tag" help="Every one of them gets it; left empty, one is made up.">
          <TextInput id="common-tag" value={tag} onChange={(event) => onTag(event.target.value.replace(/[\s,]+/g, '-'))} aria-describedby="common-tag-help" placeholder="grid-…" />
        </Field>
      </div>
    </Panel>
  );
}
