import { Download } from 'lucide-react';
import type { RunDetailFragment } from '../generated/graphql';
import { formatBytes, shortDigest } from '../format/numbers';
import { CopyButton } from '../ui/copy-button';
import { fileName } from '../ui/download';
import { Panel } from '../ui/panel';

/** Stored files, each a link, and the command that fetches the model as one folder. */
export function Artifacts({ run }: { run: RunDetailFragment }) {
  const hasModel = run.artifacts.some(({ kind, name }) => kind === 'MODEL' && name === 'model');
  const command = `npm run -s thaw -- export ${run.id} ./${fileName(run.name)}`;
  return (
    <Panel title="Artifacts">
      {run.artifacts.length === 0 ? <p className="text-muted">{run.kind === 'EXTERNAL' ? 'The files that the script logs appear here.' : 'The model and its evaluation appear here when the run has ended.'}</p> : (
        <div className="flex flex-col gap-3">
          {run.artifacts.map((artifact) => (
            <div key={artifact.id}>
              <h3 className="font-medium">{artifact.name} <span className="num font-normal text-faint">{formatBytes(artifact.size)} · <code>{shortDigest(artifact.digest)}</code></span></h3>
              <ul className="mt-1 flex flex-wrap gap-2">
                {artifact.files.map(({ path, sha256, size }) => (
                  <li key={path}>
                    <a href={`/blobs/${sha256}`} download={path.split('/').at(-1)} aria-label={`Download ${path}`} className="inline-flex items-center gap-1.5 rounded-md border px-2 py-1 text-xs hover:bg-hover">
                      <Download aria-hidden className="size-3.5 text-muted" />{path}<span className="num text-faint">{formatBytes(size)}</span>
                    </a>
                  </li>
                ))}
              </ul>
            </div>
          ))}
          {hasModel && (
            <div>
              <p className="text-xs text-muted">Export the best model with its labels and preprocessing:</p>
              <div className="mt-1 flex items-center gap-1 rounded-md border bg-sunken py-0.5 pr-0.5 pl-2">
                <code tabIndex={0} className="min-w-0 flex-1 overflow-x-auto text-xs whitespace-nowrap">{command}</code>
                <CopyButton text={command} label="Copy the export command" />
              </div>
            </div>
          )}
        </div>
      )}
    </Panel>
  );
}
