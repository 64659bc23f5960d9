import type { RunEvaluationQuery } from '../generated/graphql';
import { formatPercent } from '../format/numbers';

type ClassReport = NonNullable<NonNullable<RunEvaluationQuery['run']>['evaluation']>['perClass'][number];

export function ClassTable({ perClass }: { perClass: readonly ClassReport[] }) {
  return (
    <div className="overflow-x-auto">
      <table className="grid-table" aria-label="Per class">
        <thead>
          <tr>{['Class', 'Precision', 'Recall', 'F1', 'Pictures'].map((name, index) => <th key={name} scope="col" className={index > 0 ? 'right' : undefined}>{name}</th>)}</tr>
        </thead>
        <tbody>
          {perClass.map(({ label, precision, recall, f1, support }) => (
            <tr key={label}>
              <th scope="row" className="bg-transparent! text-ink!">{label}</th>
              {[precision, recall, f1].map((share, index) => <td key={index} className="right">{formatPercent(share)}</td>)}
              <td className="right">{support}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
