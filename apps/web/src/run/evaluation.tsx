'use client';

import { useQuery } from '@apollo/client/react';
import { RunEvaluationDocument } from '../generated/graphql';
import { formatMetric, formatPercent } from '../format/numbers';
import { QueryError } from '../ui/callout';
import { Panel, Skeleton } from '../ui/panel';
import { ClassTable } from './class-table';
import { ConfusionMatrix } from './confusion-matrix';
import { Misclassified } from './misclassified';

/** The validation pictures as the restored best model sees them. */
export function Evaluation({ runId, finished }: { runId: string; finished: boolean }) {
  const { data, error, loading } = useQuery(RunEvaluationDocument, { variables: { id: runId }, skip: !finished });
  if (!finished) return <Panel title="Evaluation"><p className="text-muted">Accuracy, confusion matrix and misclassified pictures appear here when the run has ended.</p></Panel>;
  if (error) return <Panel title="Evaluation"><QueryError error={error} /></Panel>;
  const evaluation = data?.run?.evaluation;
  if (!evaluation) return <Panel title="Evaluation">{loading ? <Skeleton rows={4} /> : <p className="text-muted">This run ended without an evaluation.</p>}</Panel>;
  const { accuracy, loss, top5Accuracy, classes, confusionMatrix, perClass } = evaluation;
  return (
    <>
      <Panel title="Evaluation">
        <div className="flex flex-col gap-5">
          <dl className="flex flex-wrap gap-x-10 gap-y-3">
            <Figure name="Accuracy" value={formatPercent(accuracy, 2)} />
            <Figure name="Loss" value={formatMetric(loss)} />
            {top5Accuracy !== null && top5Accuracy !== undefined && <Figure name="Top-5 accuracy" value={formatPercent(top5Accuracy, 2)} />}
            <Figure name="Validation pictures" value={String(confusionMatrix.flat().reduce((sum, count) => sum + count, 0))} />
          </dl>
          <div className="grid items-start gap-6 xl:grid-cols-2">
            <ConfusionMatrix classes={classes} matrix={confusionMatrix} />
            <ClassTable perClass={perClass} />
          </div>
        </div>
      </Panel>
      <Misclassified runId={runId} />
    </>
  );
}

export function Figure({ name, value }: { name: string; value: string }) {
  return <div><dt className="text-xs text-muted">{name}</dt><dd className="num text-xl font-semibold tracking-tight">{value}</dd></div>;
}
