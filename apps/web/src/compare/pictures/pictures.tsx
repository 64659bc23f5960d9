'use client';

import { isActive } from '../../runs/run-status';
import type { Compared } from '../compare-page';
import { Matrices } from './matrices';

export function Pictures({ runs }: Compared) {
  return <Matrices ids={runs.filter(({ status }) => !isActive(status)).slice(0, 6).map(({ id }) => id)} names={new Map(runs.map(({ id, name }) => [id, name]))} />;
}
