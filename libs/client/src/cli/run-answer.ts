import type { RunResultFragment } from '../generated/graphql';
import { fixed, table } from './table';

/** A run as the CLI prints it with --json: `metrics` are those of the best epoch, by key. */
export function runAnswer({ project, dataset, backbone, parentRun, finalMetrics, ...run }: RunResultFragment) {
  return {
    ...run,
    project: project.name,
    dataset: dataset && { name: dataset.dataset.name, version: dataset.version, digest: dataset.digest },
    backbone: backbone?.name ?? null,
    parentRun: parentRun?.id ?? null,
    metrics: Object.fromEntries(finalMetrics.map(({ key, value }) => [key, value])),
  };
}

export function runText(run: RunResultFragment): string {
  const { id, name, status, endReason, metrics, bestEpoch, epochs, durationSeconds } = runAnswer(run);
  const lines = [`${name}  ${status}${endReason && endReason !== status ? ` (${endReason})` : ''}  ${id}`];
  if (durationSeconds !== null) lines.push(`${epochs ?? 0} epochs in ${durationSeconds.toFixed(1)} s${bestEpoch ? `, best: epoch ${bestEpoch}` : ''}`);
  const keys = Object.keys(metrics).sort();
  if (keys.length > 0) lines.push(table(['METRIC', 'VALUE'], keys.map((key) => [key, fixed(metrics[key])])));
  return lines.join('\n');
}
