import { QueryError } from './callout';
import { PageHeader, Skeleton } from './panel';

/** A page before its first answer, or without one: it says which page it is all the same. */
export function PageWaiting({ title, error, retry, rows = 10 }: { title: string; error?: Error; retry: () => unknown; rows?: number }) {
  return (
    <div className="flex flex-col gap-4">
      <PageHeader title={title} />
      {error ? <QueryError error={error} retry={() => void retry()} /> : <Skeleton rows={rows} />}
    </div>
  );
}
