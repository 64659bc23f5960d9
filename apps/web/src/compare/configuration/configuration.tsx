'use client';

import { Panel } from '../../ui/panel';
import type { Compared } from '../compare-page';
import { Differences } from './differences-table';
import { ResultsTable } from './results-table';

export function Configuration({ runs }: Compared) {
  return (
    <>
      <Panel title="Results" flush><ResultsTable runs={runs} /></Panel>
      <Differences runs={runs} />
    </>
  );
}
