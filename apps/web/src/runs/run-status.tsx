import type { RunEndReason, RunStatus, WaitingCode } from '../generated/graphql';
import { cx } from '../ui/cx';
import { pendingWish, type Controlled } from './run-controls';

/** Nothing moves: each dot that pulsed would be a layer of its own to the browser, and tables of them scroll 10 frames a second slower. */
const looks: Record<RunStatus, { label: string; className: string; dot: string }> = {
  QUEUED: { label: 'Queued', className: 'text-muted', dot: 'border-2 border-faint' },
  RUNNING: { label: 'Running', className: 'text-accent', dot: 'bg-accent ring-2 ring-accent/30' },
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

interface Shown extends Partial<Omit<Controlled, 'status'>> {
  status: RunStatus;
  endReason?: RunEndReason | null;
  phase?: string | null;
  backbone?: { status: string; fetchDone?: number | null; fetchTotal?: number | null } | null;
  waiting?: { code: WaitingCode; message: string; ahead: number } | null;
}

/** Why a run waits, in the few words a table has; the whole sentence is its title. */
const waits: Partial<Record<WaitingCode, string>> = { NO_TRAINER: 'no trainer', NO_MATCH: 'no trainer fits', DRAINED: 'trainers drain' };

/** Status in a word, and what it is doing or how it ended. */
export function StatusBadge(run: Shown) {
  const { status, endReason, phase, backbone, waiting } = run;
  const { label, className, dot } = looks[status];
  const stuck = waiting && waits[waiting.code];
  const waitsForBackbone = status === 'QUEUED' && backbone && backbone.status !== 'READY';
  const detail = pendingWish(run)
    ?? (status === 'RUNNING' && phase ? phaseLabel(phase)
    : waitsForBackbone ? fetchDetail(backbone)
    : waiting ? (stuck ?? (waiting.ahead > 0 ? `${waiting.ahead} ahead` : 'next'))
    : endReason ? endings[endReason] : undefined);
  return (
    <span className="inline-flex items-center gap-1.5 align-middle whitespace-nowrap">
      <span aria-hidden className={cx('size-2 shrink-0 rounded-full', dot)} />
      <span className={cx('font-medium', className)}>{label}</span>
      {detail && <span title={waiting?.message} className={stuck && !waitsForBackbone ? 'text-warning' : 'text-faint'}>{detail}</span>}
    </span>
  );
}

function fetchDetail({ status, fetchDone, fetchTotal }: NonNullable<Shown['backbone']>): string {
  if (status === 'FAILED') return 'backbone download failed';
  if (status === 'FETCHING' && fetchTotal) return `downloading backbone ${Math.round((100 * (fetchDone ?? 0)) / fetchTotal)} %`;
  return 'waits for its backbone';
}
