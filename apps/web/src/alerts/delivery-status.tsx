import type { AlertDeliveryStatus } from '../generated/graphql';
import { cx } from '../ui/cx';

const looks: Record<AlertDeliveryStatus, { label: string; className: string; dot: string }> = {
  PENDING: { label: 'Waiting', className: 'text-warning', dot: 'bg-warning' },
  DELIVERED: { label: 'Delivered', className: 'text-success', dot: 'bg-success' },
  DEAD: { label: 'Not delivered', className: 'text-danger', dot: 'bg-danger' },
  SUPPRESSED: { label: 'Held back', className: 'text-muted', dot: 'bg-faint' },
};

export const deliveryStatuses = Object.keys(looks) as AlertDeliveryStatus[];
export const deliveryLabel = (status: AlertDeliveryStatus) => looks[status].label;

export function DeliveryBadge({ status }: { status: AlertDeliveryStatus }) {
  const { label, className, dot } = looks[status];
  return <span className="inline-flex items-center gap-1.5 whitespace-nowrap"><span aria-hidden className={cx('size-2 shrink-0 rounded-full', dot)} /><span className={cx('font-medium', className)}>{label}</span></span>;
}
