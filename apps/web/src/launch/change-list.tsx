import { hyperparameterFields } from '@thaw/config';
import type { Change } from '../compare/configuration/config-diff';
import { formatValue } from '../format/numbers';

const labels = new Map<string, string>([...hyperparameterFields.map((field): [string, string] => [field.name, field.label]), ['dataset', 'Dataset'], ['datasetVersion', 'Dataset version'], ['backbone', 'Backbone']]);

/** "Epochs 20 → 40", one line per change. */
export function ChangeList({ changes }: { changes: readonly Change[] }) {
  return (
    <ul className="flex flex-col gap-1">
      {changes.map(({ key, before, after }) => (
        <li key={key} className="num">
          <span className="font-medium">{labels.get(key) ?? key}</span>{' '}
          <span className="text-faint line-through">{formatValue(before)}</span>
          <span aria-hidden className="text-faint"> → </span><span className="sr-only"> becomes </span>
          <span>{Array.isArray(after) ? after.map((each) => formatValue(each)).join(', ') : formatValue(after)}</span>
        </li>
      ))}
    </ul>
  );
}
