import type { SkippedFile } from './import-outcome';

/** Files that were left out, each with its reason. */
export function SkippedFiles({ skipped }: { skipped: readonly SkippedFile[] }) {
  return (
    <div className="max-h-64 overflow-auto">
      <table className="grid-table" aria-label="Skipped files">
        <thead><tr><th scope="col" className="w-2/5">File</th><th scope="col">Reason</th></tr></thead>
        <tbody>{skipped.map(({ path, reason }) => <tr key={path}><td className="break-words">{path}</td><td className="text-muted">{reason}</td></tr>)}</tbody>
      </table>
    </div>
  );
}
