'use client';

import { useQuery } from '@apollo/client/react';
import { parseAsBoolean, parseAsString, useQueryStates } from 'nuqs';
import { mostConfused, narrowedTo } from '../compare/pictures/matrix-difference';
import { RunEvaluationDocument, type RunDetailFragment } from '../generated/graphql';
import { formatMetric, formatPercent } from '../format/numbers';
import { QueryError } from '../ui/callout';
import { Panel, Skeleton } from '../ui/panel';
import { ClassTable } from './class-table';
import { ConfusionMatrix } from './confusion-matrix';
import { Figure } from './figure';
import { Misclassified } from './misclassified';
import { ReliabilityDiagram } from './reliability-diagram';
import { TransferGain } from './transfer-gain';

/** Beyond this many classes a matrix is no longer read cell by cell. */
const mostClasses = 30;

const shownPictures = { label: parseAsString, predicted: parseAsString, all: parseAsBoolean.withDefault(false) };

/** The validation pictures as the restored best model sees them. */
export function Evaluation({ run, finished }: { run: RunDetailFragment; finished: boolean }) {
  const { data, error, loading } = useQuery(RunEvaluationDocument, { variables: { id: run.id }, skip: !finished });
  const [shown, setShown] = useQueryStates(shownPictures, { history: 'replace' });
  if (!finished) return <Panel title="Evaluation"><p className="text-muted">Accuracy, confusion matrix and misclassified pictures appear here when the run has ended.</p></Panel>;
  if (error) return <Panel title="Evaluation"><QueryError error={error} /></Panel>;
  const evaluation = data?.run?.evaluation;
  if (!evaluation) return <Panel title="Evaluation">{loading ? <Skeleton rows={4} /> : <p className="text-muted">{run.kind === 'EXTERNAL' ? 'The script logged no evaluation. Log an artifact of kind EVALUATION with its predictions to see them here.' : 'This run ended without an evaluation.'}</p>}</Panel>;
  const { accuracy, loss, top5Accuracy, classes, confusionMatrix, calibration, brier, transferGain } = evaluation;
  const matrix = narrowedTo(mostConfused([{ classes, counts: confusionMatrix }], mostClasses), { classes, counts: confusionMatrix });
  const pair = shown.label !== null && shown.predicted !== null ? { label: shown.label, predicted: shown.predicted } : null;
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
            <div className="min-w-0">
              {matrix.classes.length < classes.length && <p className="pb-1 text-muted">Of {classes.length} classes, the {matrix.classes.length} with the most mistakes.</p>}
              <ConfusionMatrix classes={matrix.classes} matrix={matrix.counts} chosen={pair} onChoose={(next) => void setShown({ ...next, all: null })} />
            </div>
            <ReliabilityDiagram calibration={calibration} />
          </div>
          <ClassTable {...evaluation} />
        </div>
      </Panel>
      <Misclassified key={`${shown.label}\n${shown.predicted}\n${shown.all}`} runId={run.id} classes={classes} shown={shown} onShow={(next) => void setShown(next)} />
    </>
  );
}
