'use client';

import { useQuery } from '@apollo/client/react';
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useState } from 'react';
import { ComparePredictionsDocument, type ComparePredictionsQuery } from '../../generated/graphql';
import { formatCount, plural } from '../../format/numbers';
import { useShortcut } from '../../shell/use-shortcut';
import { Button } from '../../ui/button';
import { Callout, QueryError } from '../../ui/callout';
import { EmptyState, Panel, Skeleton } from '../../ui/panel';
import { Segments } from '../../ui/segments';
import { ClassSelect } from './class-select';
import { ComparedPictures } from './compared-pictures';
import type { EvaluatedRun } from './evaluations';

const page = 24;
const agreements = ['ALL', 'DISAGREE', 'SOME_RIGHT', 'ALL_WRONG', 'ALL_RIGHT'] as const;
type Comparison = ComparePredictionsQuery['comparePredictions'];

const address = { agree: parseAsStringLiteral(agreements).withDefault('ALL'), class: parseAsString, as: parseAsString, after: parseAsString };

/** The same validation picture as every run sees it, where they disagree first. */
export function Gallery({ runs }: { runs: readonly EvaluatedRun[] }) {
  const [{ agree, class: label, as: predicted, after }, setAddress] = useQueryStates(address, { history: 'replace' });
  const { data, previousData, error, loading, refetch } = useQuery(ComparePredictionsDocument, { variables: { ids: runs.map(({ id }) => id), agreement: agree, label, predicted, first: page, after } });
  const compared = (data ?? previousData)?.comparePredictions;
  const narrow = (part: Partial<{ agree: typeof agree; class: string | null; as: string | null }>) => void setAddress({ ...part, after: null });
  if (error && !data) return <Panel title="Predictions"><QueryError error={error} retry={() => void refetch()} /></Panel>;
  if (!compared) return <Panel title="Predictions"><Skeleton rows={8} /></Panel>;
  return (
    <Panel title={<>Predictions <span className="font-normal text-muted">where runs disagree first, then where most are wrong</span></>}>
      <div className="flex flex-col gap-3">
        {compared.acrossVersions && <SharedPictures {...compared} />}
        <div className="flex flex-wrap items-center gap-2">
          {runs.length > 1 && <Segments label="Which pictures" value={agree} onChange={(next) => narrow({ agree: next })} options={choices(compared.counts)} />}
          <ClassSelect label="True class" none="Any class" classes={compared.classes} value={label} onChange={(next) => narrow({ class: next })} />
          <ClassSelect label="Predicted class" none="Predicted as anything" classes={compared.classes} value={predicted} onChange={(next) => narrow({ as: next })} />
        </div>
        {compared.nodes.length === 0
          ? <EmptyState title={compared.counts.all === 0 ? 'These runs share no validation picture' : 'No picture is like that'} actions={compared.counts.all > 0 && <Button onClick={() => narrow({ agree: 'ALL', class: null, as: null })}>Show all pictures</Button>}>
              {compared.counts.all === 0 ? 'They were evaluated on different pictures. Launch them again on one version of the dataset to compare them.' : null}
            </EmptyState>
          : <ComparedPictures pictures={compared.nodes} names={new Map(runs.map(({ id, name }) => [id, name]))} label="Pictures" busy={loading} />}
        <Pages compared={compared} after={after} onPage={(next) => void setAddress({ after: next })} key={`${agree}/${label}/${predicted}`} />
      </div>
    </Panel>
  );
}

const choices = ({ all, disagree, someRight, allWrong, allRight }: Comparison['counts']) => [
  { value: 'ALL', label: 'All', hint: formatCount(all) }, { value: 'DISAGREE', label: 'Disagree', hint: formatCount(disagree) },
  { value: 'SOME_RIGHT', label: 'Some right', hint: formatCount(someRight) }, { value: 'ALL_WRONG', label: 'All wrong', hint: formatCount(allWrong) }, { value: 'ALL_RIGHT', label: 'All right', hint: formatCount(allRight) },
] as const;

export function SharedPictures({ counts, evaluatedOn }: Pick<Comparison, 'counts' | 'evaluatedOn'>) {
  const [fewest, most] = [Math.min(...evaluatedOn), Math.max(...evaluatedOn)];
  const each = fewest === most ? `${formatCount(most)} pictures each` : `${formatCount(fewest)} to ${formatCount(most)} pictures`;
  return <Callout tone="info" title="These runs were evaluated on different dataset versions">Compared are the {plural(counts.all, 'picture')} that all of them have seen, byte for byte, of {each}.</Callout>;
}

/** An address may begin in the middle: what lies before is then reached by going to the first page. */
function Pages({ compared: { totalCount, pageInfo, nodes }, after, onPage }: { compared: Comparison; after: string | null; onPage: (after: string | null) => void }) {
  const [trail, setTrail] = useState<(string | null)[]>([]);
  const next = () => {
    if (!pageInfo.hasNextPage) return;
    setTrail([...trail, after]);
    onPage(pageInfo.endCursor ?? null);
  };
  const previous = () => {
    if (after === null) return;
    onPage(trail.at(-1) ?? null);
    setTrail(trail.slice(0, -1));
  };
  useShortcut([']'], 'Next page of pictures', next);
  useShortcut(['['], 'Previous page of pictures', previous);
  if (totalCount <= nodes.length) return <p role="status" className="num text-xs text-muted">{plural(totalCount, 'picture')}</p>;
  return (
    // Not disabled: on the last page the focus stays where it is.
    <div className="flex items-center gap-2">
      <Button size="sm" aria-disabled={after === null} onClick={previous}>{after !== null && trail.length === 0 ? 'First page' : 'Previous'}</Button>
      <Button size="sm" aria-disabled={!pageInfo.hasNextPage} onClick={next}>Next</Button>
      <span role="status" className="num text-xs text-muted">{after === null || trail.length > 0 ? `${formatCount(trail.length * page + 1)} – ${formatCount(trail.length * page + nodes.length)}` : formatCount(nodes.length)} of {plural(totalCount, 'picture')}</span>
    </div>
  );
}
