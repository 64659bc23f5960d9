'use client';

import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { RunEvaluationDocument } from '../generated/graphql';
import { formatMetric, formatPercent } from '../format/numbers';
import { QueryError } from '../ui/callout';
import { Panel, Skeleton } from '../ui/panel';
import { ClassTable } from './class-table';
import { ConfusionMatrix, type ClassPair } from './confusion-matrix';
import { Misclassified } from './misclassified';
import { ReliabilityDiagram } from './reliability-diagram';
import { TransferGain } from './transfer-gain';

/** The validation pictures as the restored best model sees them. */
export function Evaluation({ runId, finished }: { runId: string; finished: boolean }) {
  const { data, error, loading } = useQuery(RunEvaluationDocument, { variables: { id: runId }, skip: !finished });
  const [pair, setPair] = useState<ClassPair | null>(null);
  if (!finished) return <Panel title="Evaluation"><p className="text-muted">Accuracy, confusion matrix and misclassified pictures appear here when the run has ended.</p></Panel>;
  if (error) return <Panel title="Evaluation"><QueryError error={error} /></Panel>;
  const evaluation = data?.run?.evaluation;
  if (!evaluation) return <Panel title="Evaluation">{loading ? <Skeleton rows={4} /> : <p className="text-muted">This run ended without an evaluation.</p>}</Panel>;
  const { accuracy, loss, top5Accuracy, classes, confusionMatrix, calibration, brier, transferGain } = evaluation;
  return (
    <>
      <Panel title="Evaluation">
        <div className="flex flex-col gap-5">
          <dl className="flex flex-wrap gap-x-10 gap-y-3">
            <Figure name="Accuracy" value={formatPercent(accuracy, 2)} />
            <Figure name="Loss" value={formatMetric(loss)} />
            {top5Accuracy !== null && top5Accuracy !== undefined && <Figure name="Top-5 accuracy" value={formatPercent(top5Accuracy, 2)} />}
            <Figure name="Calibration error" value={formatPercent(calibration.ece)} />
            {brier !== null && brier !== undefined && <Figure name="Brier score" value={formatMetric(brier)} />}
            <Figure name="Validation pictures" value={String(confusionMatrix.flat().reduce((sum, count) => sum + count, 0))} />
          </dl>
          <TransferGain gains={transferGain} />
          <div className="grid items-start gap-6 xl:grid-cols-2">
            <ConfusionMatrix classes={classes} matrix={confusionMatrix} chosen={pair} onChoose={setPair} />
            <ReliabilityDiagram calibration={calibration} />
          </div>
          <ClassTable {...evaluation} />
        </div>
      </Panel>
      <Misclassified key={pair && `${pair.label}\n${pair.predicted}`} runId={runId} pair={pair} onClear={() => setPair(null)} />
    </>
  );
}

export function Figure({ name, value }: { name: string; value: string }) {
  return <div><dt className="text-xs text-muted">{name}</dt><dd className="num text-xl font-semibold tracking-tight">{value}</dd></div>;
}
