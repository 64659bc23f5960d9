import type { TrainerState } from '../generated/graphql';
import { cx } from '../ui/cx';

const looks: Record<TrainerState, { label: string; dot: string }> = {
  ALIVE: { label: 'Alive', dot: 'bg-success' },
  DRAINING: { label: 'Draining', dot: 'bg-warning' },
  LOST: { label: 'Lost', dot: 'bg-danger' },
  STOPPED: { label: 'Stopped', dot: 'bg-faint' },
};

export function TrainerStateBadge({ state }: { state: TrainerState }) {
  const { label, dot } = looks[state];
  return <span className="inline-flex items-center gap-1.5 whitespace-nowrap"><span aria-hidden className={cx('size-2 rounded-full', dot)} />{label}</span>;
}
