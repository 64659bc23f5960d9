'use client';

import { useApolloClient } from '@apollo/client/react';
import { useSyncExternalStore } from 'react';
import { DeleteReportDocument, ReportsDocument, RestoreReportDocument, type ReportHeadFragment } from '../generated/graphql';
import { useNotify } from '../ui/notices';

export type Removed = Pick<ReportHeadFragment, 'id' | 'title'>;

/** Of the page that it is deleted from and of the list, which is where one comes to then. */
let last: Removed | null = null;
const watchers = new Set<() => void>();

function setLast(next: Removed | null): void {
  last = next;
  for (const watcher of watchers) watcher();
}

const watch = (watcher: () => void) => {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
};

/** Deletes a report, and brings one back. Both answer whether it is done, and say it when it is not. */
export function useRemoval() {
  const client = useApolloClient();
  const notify = useNotify();
  const put = async ({ id, title }: Removed, back: boolean): Promise<boolean> => {
    try {
      const answers = back
        ? (await client.mutate({ mutation: RestoreReportDocument, variables: { id }, refetchQueries: [ReportsDocument], awaitRefetchQueries: true })).data?.restoreReport
        : (await client.mutate({ mutation: DeleteReportDocument, variables: { id }, refetchQueries: [ReportsDocument], awaitRefetchQueries: true })).data?.deleteReport;
      if (answers?.userErrors.length) {
        notify(answers.userErrors.map(({ message }) => message).join(' '), 'danger');
        return false;
      }
      setLast(back ? null : { id, title });
      return true;
    } catch (error) {
      notify(`“${title}” could not be ${back ? 'brought back' : 'deleted'}: ${(error as Error).message}`, 'danger');
      return false;
    }
  };
  return {
    last: useSyncExternalStore(watch, () => last, () => null),
    remove: (report: Removed) => put(report, false),
    bringBack: (report: Removed) => put(report, true),
    forget: () => setLast(null),
  };
}
