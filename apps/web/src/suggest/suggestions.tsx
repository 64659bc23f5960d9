'use client';

import { useQuery } from '@apollo/client/react';
import { Check, CircleHelp, Lightbulb } from 'lucide-react';
import Link from 'next/link';
import { RunSuggestionsDocument, type RunSuggestionsQuery } from '../generated/graphql';
import { plural } from '../format/numbers';
import { launchAddress } from '../launch/prefill';
import { ChangeWords } from './change-words';
import { useProjectPath } from '../shell/project-context';
import { Button, ButtonLink } from '../ui/button';
import { QueryError } from '../ui/callout';
import { cx } from '../ui/cx';
import { Panel, Skeleton } from '../ui/panel';

type Report = NonNullable<NonNullable<RunSuggestionsQuery['run']>['suggestions']>;
type Suggestion = Report['suggestions'][number];

interface SuggestionsProps {
  runId: string;
  /** Once it has ended there is something to say. */
  ended: boolean;
  /** In the form that would try them; else each leads to such a form. */
  onApply?: (changes: Record<string, unknown>) => void;
}

/** What to try next after a run: each with the figures it rests on, and one click from a form that tries it. */
export function Suggestions({ runId, ended, onApply }: SuggestionsProps) {
  const { data, error, refetch } = useQuery(RunSuggestionsDocument, { variables: { id: runId }, skip: !ended, fetchPolicy: 'cache-and-network' });
  if (!ended || (data && !data.run?.suggestions)) return null;
  return (
    <Panel title="What to try next">
      {error && !data ? <QueryError error={error} retry={() => void refetch()} /> : data?.run?.suggestions ? <Found runId={runId} report={data.run.suggestions} onApply={onApply} /> : <Skeleton rows={3} />}
    </Panel>
  );
}

function Found({ runId, report: { suggestions, checked }, onApply }: { runId: string; report: Report; onApply?: SuggestionsProps['onApply'] }) {
  return (
    <div className="flex flex-col gap-3">
      {suggestions.length === 0 && <p className="flex items-center gap-2 text-muted"><Check aria-hidden className="size-4 text-success" />Nothing stands out. Below is what was looked at.</p>}
      <ul className="flex flex-col gap-4">
        {suggestions.map((suggestion) => <SuggestionItem key={suggestion.code} runId={runId} suggestion={suggestion} onApply={onApply} />)}
      </ul>
      <details className="text-xs">
        <summary className="w-fit text-muted hover:text-ink">{plural(checked.length, 'thing')} looked at</summary>
        <ul className="mt-2 flex flex-col gap-1.5">
          {checked.map(({ code, looksFor, outcome, detail }) => (
            <li key={code} className="flex items-start gap-2">
              <OutcomeIcon outcome={outcome} />
              <span className="num min-w-0"><span className="font-medium">{looksFor[0]!.toUpperCase() + looksFor.slice(1)}.</span> <span className="text-muted">{detail}</span></span>
            </li>
          ))}
        </ul>
      </details>
    </div>
  );
}

const outcomes = { SUGGESTED: { Icon: Lightbulb, className: 'text-accent', word: 'Found:' }, FINE: { Icon: Check, className: 'text-success', word: 'Not found:' }, UNKNOWN: { Icon: CircleHelp, className: 'text-faint', word: 'Could not tell:' } };

function OutcomeIcon({ outcome }: { outcome: keyof typeof outcomes }) {
  const { Icon, className, word } = outcomes[outcome];
  return <><Icon aria-hidden className={cx('mt-0.5 size-3.5 shrink-0', className)} /><span className="sr-only">{word}</span></>;
}

const sure = { HIGH: 'Clear', MEDIUM: 'Likely', LOW: 'Worth a look' };

function SuggestionItem({ runId, suggestion: { title, explanation, confidence, evidence, changes, reference }, onApply }: { runId: string; suggestion: Suggestion; onApply: SuggestionsProps['onApply'] }) {
  const path = useProjectPath();
  const proposed = changes as Record<string, unknown>;
  return (
    <li className="flex flex-col gap-1.5 border-b pb-4 last:border-b-0 last:pb-0">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <h3 className="font-medium">{title}</h3>
        <span title={reference} className={cx('rounded px-1.5 py-px text-[11px]', confidence === 'HIGH' ? 'bg-accent-soft text-accent' : 'bg-hover text-muted')}>{sure[confidence]}</span>
      </div>
      <ul className="num flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted">
        {evidence.map(({ text, picture, pictureUrl }) => (
          <li key={text + (picture ?? '')} className="flex items-center gap-2">
            {pictureUrl && <Link href={pictureUrl} target="_blank" aria-label={`The picture: ${text}`}><img src={`${pictureUrl}?width=96`} alt="" className="size-12 rounded border object-cover" /></Link>}
            {text}
          </li>
        ))}
      </ul>
      <p className="max-w-3xl">{explanation}</p>
      {Object.keys(proposed).length > 0 && (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <ChangeWords changes={proposed} />
          {onApply ? <Button size="sm" onClick={() => onApply(proposed)}>Apply<span className="sr-only">: {title}</span></Button> : <ButtonLink size="sm" href={path('runs', 'new') + launchAddress({ clone: runId, changes: proposed })}>Apply in a clone<span className="sr-only">: {title}</span></ButtonLink>}
        </div>
      )}
    </li>
  );
}
