import { formatValue } from '../format/numbers';

/** Keys and values of anything flat, as two columns. */
export function FactTable({ facts, label }: { facts: readonly [string, unknown][]; label: string }) {
  return (
    <table className="grid-table" aria-label={label}>
      <tbody>
        {facts.map(([key, value]) => (
          <tr key={key}>
            <th scope="row" className="w-2/5 font-normal! whitespace-normal! wrap-anywhere">{key}</th>
            <td className="wrap-anywhere">{formatValue(value)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Nested values by dotted path: { cpu: { model } } → [["cpu.model", …]] */
export function flatten(value: unknown, prefix = ''): [string, unknown][] {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return prefix ? [[prefix, value]] : [];
  return Object.entries(value).flatMap(([key, inner]) => flatten(inner, prefix ? `${prefix}.${key}` : key));
}
