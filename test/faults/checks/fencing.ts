import type { StaleTokens } from '../storm/stale-tokens';
import type { Write } from '../witness';
import type { Verdict } from './verdict';

/** Each write came while its run was held, and is stored under the claim that held it. */
export function checkWrites(writes: readonly Write[]): Verdict {
  const problems = writes.flatMap(({ what, run, status, claim, detail }) => {
    if (status !== 'RUNNING') return [`a ${what} of run ${run} was written while it was ${status}.`];
    return detail?.claim === undefined || detail.claim === claim ? [] : [`a ${what} of run ${run} was stored under claim ${detail.claim} while claim ${claim} held it.`];
  });
  return { name: 'writes under the claim that held the run', unit: 'writes', checked: writes.length, problems };
}

export function checkStaleTokens({ refused, accepted }: StaleTokens): Verdict {
  return { name: 'writes with the token of an earlier claim, refused', unit: 'writes', checked: refused + accepted.length, problems: accepted };
}
