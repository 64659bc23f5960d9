'use client';

import type { Compared } from '../compare-page';
import { Differences } from './differences-table';
import { Results } from './results-table';

export function Configuration({ runs }: Compared) {
  return (
    <>
      <Results runs={runs} />
      <Differences runs={runs} />
    </>
  );
}
