'use client';

import { Download } from 'lucide-react';
import type { RunDetailFragment } from '../generated/graphql';
import { formatBytes, formatCount, shortDigest } from '../format/numbers';
import { DateTime, Stretch, TimeAgo } from '../format/time';
import { Button } from '../ui/button';
import { CopyButton } from '../ui/copy-button';
import { download, fileName } from '../ui/download';
import { Panel } from '../ui/panel';
import { Artifacts } from './artifacts';
import { claimEnd } from './claim-words';
import { FactTable, flatten } from './config-table';

/** What makes the run what it is, who worked on it, and what is needed to do it again. */
export function Details({ run }: { run: RunDetailFragment }) {
  return (
    <>
      {run.reproduceCommand && (
        <Panel title="Run it again" actions={<CopyButton text={run.reproduceCommand} label="Copy the command" />}>
          <pre tabIndex={0} aria-label="Command" className="overflow-x-auto rounded-md border bg-sunken p-2 font-mono text-xs whitespace-pre-wrap">{run.reproduceCommand}</pre>
          {run.gitCommit && <p className="mt-2 text-xs text-muted">At commit <code>{run.gitCommit}</code>.</p>}
        </Panel>
      )}
      <Artifacts run={run} />
      {run.kind === 'MANAGED' && <Claims run={run} />}
      {run.kind === 'MANAGED' && <Checkpoints run={run} />}
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <ExactConfig run={run} />
        <Panel title="Environment" flush><FactTable label="Environment" facts={environmentFacts(run)} /></Panel>
      </div>
    </>
  );
}

function Claims({ run: { claims, lostInARow, status } }: { run: RunDetailFragment }) {
  return (
    <Panel title="History" flush>
      {claims.length === 0 ? <p className="p-3 text-muted">No trainer has had this run yet.</p> : (
        <div tabIndex={0} className="overflow-x-auto"><table className="grid-table" aria-label="History">
          <thead><tr><th scope="col" className="right">Claim</th><th scope="col" className="right">Attempt</th><th scope="col">Trainer</th><th scope="col">From</th><th scope="col" className="right">For</th><th scope="col">Ended</th></tr></thead>
          <tbody>
            {claims.map((claim) => {
              const { text, tone } = claimEnd(claim);
              return (
                <tr key={claim.number}>
                  <td className="right num">{claim.number}</td><td className="right num">{claim.attempt}</td><td className="font-medium">{claim.trainer.name}</td>
                  <td className="num whitespace-nowrap"><DateTime at={claim.startedAt} /></td>
                  <td className="right num whitespace-nowrap"><Stretch startedAt={claim.startedAt} endedAt={claim.endedAt} /></td>
                  <td><span className={tone}>{text}</span>{claim.reason && <span className="text-muted"> · {claim.reason}</span>}</td>
                </tr>
              );
            })}
          </tbody>
        </table></div>
      )}
      {lostInARow > 0 && status !== 'FINISHED' && <p className="border-t px-3 py-2 text-xs text-warning">{lostInARow === 1 ? 'One trainer was' : `${lostInARow} trainers were`} lost with it since its last checkpoint; with three it is given up.</p>}
    </Panel>
  );
}

function Checkpoints({ run: { checkpoints } }: { run: RunDetailFragment }) {
  return (
    <Panel title="Checkpoints" flush>
      {checkpoints.length === 0 ? <p className="p-3 text-muted">There is none. A trainer stores one after each epoch, for whoever goes on with the run.</p> : (
        <table className="grid-table" aria-label="Checkpoints">
          <thead><tr><th scope="col">After</th><th scope="col">Holds</th><th scope="col" className="right">Size</th><th scope="col" className="right">Stored</th><th scope="col">Files</th></tr></thead>
          <tbody>
            {checkpoints.map(({ id, epoch, batch, best, latest, size, createdAt, files }) => (
              <tr key={id}>
                <td className="whitespace-nowrap">Epoch {batch === 0 ? epoch : `${epoch}, batch ${batch}`}</td>
                <td className="whitespace-nowrap">{[latest && 'the latest state', best && 'the best model until then'].filter(Boolean).join(' and ') || '–'}</td>
                <td className="right num whitespace-nowrap">{formatBytes(size)}</td>
                <td className="right whitespace-nowrap"><TimeAgo at={createdAt} /></td>
                <td><span className="flex flex-wrap gap-x-3 gap-y-1">{files.map(({ path, sha256 }) => <a key={path} href={`/blobs/${sha256}`} download={path.split('/').at(-1)} aria-label={`Download ${path} of epoch ${epoch}`} className="inline-flex min-h-6 items-center gap-1 text-xs text-accent hover:underline"><Download aria-hidden className="size-3" />{path}</a>)}</span></td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}

function ExactConfig({ run: { name, config } }: { run: RunDetailFragment }) {
  const json = JSON.stringify(config, null, 2);
  return (
    <Panel title="Exact configuration" actions={
      <>
        <CopyButton text={json} label="Copy the configuration" />
        <Button variant="ghost" size="icon" aria-label="Download the configuration" title="Download the configuration" onClick={() => download(`${json}\n`, `${fileName(name)}.config.json`, 'application/json')}><Download aria-hidden /></Button>
      </>
    }>
      <pre tabIndex={0} aria-label="Configuration as JSON" className="max-h-120 overflow-auto font-mono text-xs">{json}</pre>
    </Panel>
  );
}

const environmentFacts = (run: RunDetailFragment): [string, unknown][] => [
  ['Run id', run.id],
  ...(run.kind === 'MANAGED' ? [['Backend', run.backend], ['Attempt', run.attempt]] satisfies [string, unknown][] : []),
  ...(run.dataset ? [
    ['Dataset digest', shortDigest(run.dataset.digest)],
    ['Pictures', `${formatCount(run.dataset.trainCount)} training, ${formatCount(run.dataset.valCount)} validation`],
  ] satisfies [string, unknown][] : []),
  ...(run.backbone ? [
    ['Backbone digest', run.backbone.digest ? shortDigest(run.backbone.digest) : null],
    ['Architecture', run.backbone.architecture],
  ] satisfies [string, unknown][] : []),
  ...(run.gitCommit ? [['Git commit', run.gitCommit] as [string, unknown]] : []),
  ...flatten(run.environment),
];
