import type { RunArtifactContentsQuery } from '../generated/graphql';
import { formatBytes, formatCount, formatValue } from '../format/numbers';
import { ConfusionMatrix } from './confusion-matrix';

type Content = NonNullable<RunArtifactContentsQuery['run']>['artifacts'][number];

/** What can be looked at without downloading it. */
export function ArtifactContent({ artifact }: { artifact: Content }) {
  const { name, kind, url, size, text, table, confusionMatrix } = artifact;
  switch (kind) {
    case 'IMAGE':
      return <a href={url!} className="block w-fit"><img src={url!} alt={name} loading="lazy" className="max-h-96 max-w-full rounded border bg-white" /></a>;
    case 'TABLE':
      return table && <Rows name={name} {...table} />;
    case 'CONFUSION_MATRIX':
      return confusionMatrix ? <ConfusionMatrix {...confusionMatrix} label={name} /> : <p className="text-muted">This matrix has too many classes to be shown; download it.</p>;
    case 'TEXT':
      return (
        <>
          <pre tabIndex={0} aria-label={name} className="max-h-80 overflow-auto rounded border bg-sunken p-2 font-mono text-xs whitespace-pre-wrap">{text}</pre>
          {size > 100_000 && <p className="text-xs text-faint">The beginning of {formatBytes(size)}.</p>}
        </>
      );
    default:
      return null;
  }
}

function Rows({ name, columns, rows, rowCount }: { name: string; columns: readonly string[]; rows: readonly (readonly unknown[])[]; rowCount: number }) {
  return (
    <div>
      <div tabIndex={0} className="max-h-96 overflow-auto rounded border">
        <table className="grid-table" aria-label={name}>
          <thead><tr>{columns.map((column, index) => <th key={index} scope="col">{column}</th>)}</tr></thead>
          <tbody>
            {rows.map((row, index) => (
              <tr key={index}>{row.map((cell, column) => <td key={column} className={typeof cell === 'number' ? 'num whitespace-nowrap' : undefined}>{cell === null ? '–' : typeof cell === 'number' ? formatValue(cell) : String(cell)}</td>)}</tr>
            ))}
          </tbody>
        </table>
      </div>
      {rowCount > rows.length && <p className="mt-1 text-xs text-faint">The first {formatCount(rows.length)} of {formatCount(rowCount)} rows.</p>}
    </div>
  );
}
