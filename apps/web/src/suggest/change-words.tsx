import { hyperparameterFields } from '@thaw/config';
import { formatValue } from '../format/numbers';

/** "Epochs 24, Seed 2, 3, 4", of what a suggestion would change. */
export function ChangeWords({ changes }: { changes: Readonly<Record<string, unknown>> }) {
  return (
    <dl className="num flex flex-wrap gap-x-3 gap-y-1 text-xs">
      {Object.entries(changes).map(([name, value]) => (
        <div key={name} className="flex gap-1 rounded bg-hover px-1.5 py-0.5">
          <dt className="text-muted">{hyperparameterFields.find((field) => field.name === name)?.label ?? name}</dt>
          <dd className="font-medium">{[value].flat().map((each) => (typeof each === 'boolean' ? (each ? 'on' : 'off') : formatValue(each))).join(', ')}</dd>
        </div>
      ))}
    </dl>
  );
}
