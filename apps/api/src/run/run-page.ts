import type { RunRow } from '@thaw/db';
import { type Page, toPage } from '../connection';
import type { StatusCount } from './run.type';

export type RunPage = Page<RunRow> & { countStatuses(): Promise<StatusCount[]> };

/** One query answers totalCount and statusCounts, when either is asked for. */
export function toRunPage(rows: readonly RunRow[], first: number, cursorOf: (run: RunRow) => string, countByStatus: () => Promise<StatusCount[]>): RunPage {
  let counted: Promise<StatusCount[]> | undefined;
  const countStatuses = () => (counted ??= countByStatus());
  return { ...toPage(rows, first, cursorOf, async () => (await countStatuses()).reduce((sum, { count }) => sum + count, 0)), countStatuses };
}
