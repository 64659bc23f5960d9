import type { RunEndReason, RunStatus } from '../generated/graphql';
import { cx } from '../ui/cx';

const looks: Record<RunStatus, { label: string; className: string; dot: string }> = {
  QUEUED: { label: 'Queued', className: 'text-muted', dot: 'border-2 border-faint' },
  RUNNING: { label: 'Running', className: 'text-accent', dot: 'bg-accent animate-pulse' },
  PAUSED: { label: 'Paused', className: 'text-warning', dot: 'bg-warning' },
  FINISHED: { label: 'Finished', className: 'text-success', dot: 'bg-success' },
  FAILED: { label: 'Failed', className: 'text-danger', dot: 'bg-danger' },
  CANCELLED: { label: 'Cancelled', className: 'text-muted', dot: 'bg-faint' },
};

const endings: Partial<Record<RunEndReason, string>> = { EARLY_STOPPED: 'stopped early', OUT_OF_MEMORY: 'out of memory', TRAINER_LOST: 'trainer lost' };
const phases: Record<string, string> = { loading: 'loading', features: 'computing features', head: 'training head', 'fine-tuning': 'fine-tuning', evaluating: 'evaluating' };
const baselines: Record<string, string> = { twin: 'twin from scratch', probe: 'random probe' };

/** "head", or "probe: head" while a baseline of the transfer gain trains. */
function phaseLabel(phase: string): string {
  const [, baseline, own] = /^(\w+): (.+)$/.exec(phase) ?? [];
  const label = phases[own ?? phase] ?? phase;
  return baseline ? `${baselines[baseline] ?? baseline}: ${label}` : label;
}

export const statusLabel = (status: RunStatus) => looks[status].label;
export const statuses = Object.keys(looks) as RunStatus[];
export const isActive = (status: RunStatus) => status === 'QUEUED' || status === 'RUNNING' || status === 'PAUSED';

interface Shown { status: RunStatus; endReason?: RunEndReason | null; phase?: string | null; backbone?: { status: string; fetchDone?: number | null; fetchTotal?: number | null } | null }

/** Status in a word, and what it is doing or how it ended. */
export function StatusBadge({ status, endReason, phase, backbone }: Shown) {
  const { label, className, dot } = looks[status];
  const waitsForBackbone = status === 'QUEUED' && backbone && backbone.status !== 'READY';
  const detail = status === 'RUNNING' && phase ? phaseLabel(phase)
    : waitsForBackbone ? fetchDetail(backbone)
    : endReason ? endings[endReason] : undefined;
  return (
    <span className="inline-flex items-center gap-1.5 align-middle whitespace-nowrap">
      <span aria-hidden className={cx('size-2 shrink-0 rounded-full', dot)} />
      <span className={cx('font-medium', className)}>{label}</span>
      {detail && <span className="text-faint">{detail}</span>}
    </span>
  );
}

function fetchDetail({ status, fetchDone, fetchTotal }: NonNullable<Shown['backbone']>): string {
  if (status === 'FAILED') return 'backbone download failed';
  if (status === 'FETCHING' && fetchTotal) return `downloading backbone ${Math.round((100 * (fetchDone ?? 0)) / fetchTotal)} %`;
  return 'waits for its backbone';
}
