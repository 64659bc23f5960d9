'use client';

import { useQuery } from '@apollo/client/react';
import { RunDot } from '../../charts/run-dot';
import { CompareEvaluationsDocument } from '../../generated/graphql';
import { ConfusionMatrix } from '../../run/confusion-matrix';
import { Panel } from '../../ui/panel';

/** Beyond this many classes a matrix is no longer read cell by cell. */
const mostClasses = 30;

export function Matrices({ ids, names }: { ids: string[]; names: ReadonlyMap<string, string> }) {
  const { data } = useQuery(CompareEvaluationsDocument, { variables: { ids }, skip: ids.length === 0 });
  const evaluated = ids.flatMap((id) => {
    const evaluation = data?.runs.nodes.find((run) => run.id === id)?.evaluation;
    return evaluation && evaluation.classes.length <= mostClasses ? [{ id, evaluation }] : [];
  });
  if (evaluated.length === 0) return null;
  return (
    <Panel title="Confusion matrices">
      <div className="flex flex-wrap gap-x-10 gap-y-6">
        {evaluated.map(({ id, evaluation }) => (
          <div key={id} className="min-w-0">
            <h3 className="mb-1 flex items-center gap-2 font-medium"><RunDot id={id} />{names.get(id)}</h3>
            <ConfusionMatrix classes={evaluation.classes} matrix={evaluation.confusionMatrix} label={`Confusion matrix of ${names.get(id)}`} />
          </div>
        ))}
      </div>
    </Panel>
  );
}
