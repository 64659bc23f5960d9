import type { LeaseEnd } from './messages';

/** hrtime counts from the machine's start, unlike performance.now(): processes of one machine can compare it. */
export const now = (): LeaseEnd => ({ monotonicMs: Number(process.hrtime.bigint() / 1_000_000n), wallMs: Date.now() });

/** A lease of `seconds` that was asked for at `sent`: the API's own count began later, so it ends no earlier. */
export const leaseEnd = (sent: LeaseEnd, seconds: number): LeaseEnd => ({ monotonicMs: sent.monotonicMs + seconds * 1000, wallMs: sent.wallMs + seconds * 1000 });
