'use client';

import { useQuery } from '@apollo/client/react';
import type { ReactNode } from 'react';
import { ReportEvaluationDocument, ReportMistakesDocument } from '../../generated/graphql';
import { formatCount, formatPercent } from '../../format/numbers';
import { ConfusionMatrix } from '../../run/confusion-matrix';
import { cx } from '../../ui/cx';
import { Skeleton } from '../../ui/panel';
import type { Block } from '../blocks/parse-block';
import { BlockError, BlockFrame } from './block-frame';
import { RunName } from './report-place';

/** Beyond this many classes a matrix is no longer read cell by cell. */
const mostClasses = 50;
/** A run that has not ended has no evaluation yet. */
const pollMs = 10_000;

export function ConfusionBlock({ block }: { block: Block }) {
  const { data, error, refetch } = useQuery(ReportEvaluationDocument, { variables: { id: block.run! } });
  const run = data?.run;
  usePollUntilEvaluated(run);
  return (
    <EvaluationFrame block={block} label="Confusion matrix" run={run} loaded={data !== undefined} error={error} retry={() => void refetch()}>
      {run?.evaluation && (run.evaluation.classes.length > mostClasses
        ? <p className="p-3 text-muted">{formatCount(run.evaluation.classes.length)} classes are too many for a matrix here; the page of the run shows it.</p>
        : <div className="p-3"><ConfusionMatrix classes={run.evaluation.classes} matrix={run.evaluation.confusionMatrix} label={`Confusion matrix of ${run.name}`} /></div>)}
    </EvaluationFrame>
  );
}

export function PicturesBlock({ block }: { block: Block }) {
  const { run: id, count = 12, label = null, predicted = null } = block;
  const { data, error, refetch } = useQuery(ReportMistakesDocument, { variables: { id: id!, first: count, mistakes: !(label && label === predicted), label, predicted } });
  const run = data?.run;
  const predictions = run?.evaluation?.predictions;
  usePollUntilEvaluated(run);
  return (
    <EvaluationFrame block={block} label="Mistakes in pictures" run={run} loaded={data !== undefined} error={error} retry={() => void refetch()} what={predictions && `the first ${formatCount(predictions.nodes.length)} of ${formatCount(predictions.totalCount)} mistakes`}>
      {predictions && (predictions.totalCount === 0 ? <p className="p-3 text-muted">There is no such picture: every one is told right.</p> : (
        <ul aria-label="Pictures" className="grid grid-cols-[repeat(auto-fill,minmax(6.5rem,1fr))] gap-3 p-3">
          {predictions.nodes.map(({ picture, label: truth, predicted: taken, confidence, correct }) => (
            <li key={picture.id} className="min-w-0">
              <img src={`${picture.url}?width=240`} alt={`${picture.path}: ${truth}, predicted as ${taken}`} loading="lazy" className="aspect-square w-full rounded-md border bg-sunken object-cover" />
              <p className="mt-1 truncate text-xs" title={`${truth} → ${taken}`}><span className="text-muted">{truth} →</span> <span className={cx('font-medium', correct ? 'text-success' : 'text-danger')}>{taken}</span></p>
              <p className="num text-xs text-faint">{formatPercent(confidence, 0)} sure</p>
            </li>
          ))}
        </ul>
      ))}
    </EvaluationFrame>
  );
}

/** Another reading of the same query while there is no evaluation; its answer lands in the same cache. */
function usePollUntilEvaluated(run?: { id: string; evaluation?: unknown } | null) {
  useQuery(ReportEvaluationDocument, { variables: { id: run?.id ?? '' }, skip: !run || Boolean(run.evaluation), pollInterval: pollMs });
}

interface FrameProps { block: Block; label: string; run?: { id: string; name: string; evaluation?: unknown } | null; loaded: boolean; error?: Error; retry: () => void; what?: ReactNode; children: ReactNode }

function EvaluationFrame({ block, label, run, loaded, error, retry, what, children }: FrameProps) {
  return (
    <BlockFrame title={block.title} label={label}>
      {run && <p className="flex flex-wrap items-center gap-x-2 px-3 pt-2.5 text-xs text-muted">{label} of <span className="min-w-0 font-medium text-ink"><RunName id={run.id} name={run.name} /></span>{what && <>, {what}</>}</p>}
      {error && !loaded ? <div className="p-3"><BlockError error={error} retry={retry} /></div>
        : !loaded ? <Skeleton rows={4} />
        : !run ? <p className="p-3 text-muted">There is no run {block.run}: it never was, or it has been removed for good.</p>
        : !run.evaluation ? <p className="p-3 text-muted">This run has no evaluation yet. It appears here when the run has ended with one.</p>
        : children}
    </BlockFrame>
  );
}
