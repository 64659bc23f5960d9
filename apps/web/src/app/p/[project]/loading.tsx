import { Skeleton } from '../../../ui/panel';

export default function Loading() {
  return <Skeleton rows={8} />;
}
