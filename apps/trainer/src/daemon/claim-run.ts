import { randomUUID } from 'node:crypto';
import { ClaimRunDocument, type Client } from '@thaw/client';
import type { Claim } from '../claim';
import { leaseEnd, now } from '../clocks';
import type { LeaseEnd } from '../messages';

export interface Claimed {
  claim: Claim;
  leaseEnd: LeaseEnd;
}

/** The request goes by a name of its own: after an answer that was lost, asking again answers the same run. */
export async function claimRun(client: Client, trainerId: string, freeMemoryBytes: number): Promise<Claimed | 'unknown trainer' | null> {
  const sent = now();
  const input = { trainerId, freeMemoryBytes, requestId: randomUUID() };
  const { claimRun: { run, leaseToken, leaseSeconds, userErrors } } = await client.request(ClaimRunDocument, { input }, { idempotent: true, retryForMs: 10_000, silenceMs: 5_000 });
  if (userErrors.length > 0) return 'unknown trainer';
  if (!run || !leaseToken) return null;
  const begun = run.claims.map(({ startedAt }) => Date.parse(startedAt));
  const claim: Claim = {
    runId: run.id, name: run.name, attempt: run.attempt, leaseToken, leaseSeconds,
    secondsBefore: Math.round((Math.max(...begun) - Math.min(...begun)) / 1000),
    memoryBytes: (run.constraints.memoryGiB ?? 0) * 2 ** 30,
  };
  return { claim, leaseEnd: leaseEnd(sent, leaseSeconds) };
}
