import type { DatasetPageQuery } from '../generated/graphql';
import { formatCount, shortDigest } from '../format/numbers';
import { TimeAgo } from '../format/time';

export type Version = NonNullable<DatasetPageQuery['dataset']>['versions'][number];

/** Every version, newest first; one of them is shown on the page. */
export function VersionTable({ versions, shown, onShow }: { versions: readonly Version[]; shown: number; onShow: (version: number) => void }) {
  return (
    <div className="max-h-80 overflow-y-auto">
      <table className="grid-table" aria-label="Versions">
        <thead><tr><th scope="col">Version</th><th scope="col">Made from</th><th scope="col" className="right">Training</th><th scope="col" className="right">Validation</th><th scope="col" className="right">Leaks</th><th scope="col" className="right">Runs</th><th scope="col">Digest</th><th scope="col" className="right">Created</th></tr></thead>
        <tbody>
          {versions.map(({ id, version, parent, trainCount, valCount, duplicateCounts, runCount, digest, createdAt }) => (
            <tr key={id} className={version === shown ? 'bg-accent-soft' : 'hover:bg-hover'}>
              <th scope="row"><button type="button" aria-pressed={version === shown} onClick={() => onShow(version)} className="text-ink hover:underline">Version {version}</button></th>
              <td>{parent ? `version ${parent.version}` : '–'}</td>
              <td className="right">{formatCount(trainCount)}</td>
              <td className="right">{formatCount(valCount)}</td>
              <td className="right">{duplicateCounts ? <span className={duplicateCounts.leaks > 0 ? 'text-warning' : undefined}>{formatCount(duplicateCounts.leaks)}</span> : '…'}</td>
              <td className="right">{formatCount(runCount)}</td>
              <td><code className="text-xs text-muted">{shortDigest(digest)}</code></td>
              <td className="right whitespace-nowrap"><TimeAgo at={createdAt} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
