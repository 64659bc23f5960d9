/** What is known of a claim: the time one trainer held the run. */
export interface Claim {
  number: number;
  attempt: number;
  startedAt: string;
  trainer?: { name: string } | null;
}

/** "Attempt 2 on trainer gpu-1 from 14:02:11" */
export function claimTitle(number: number, claims: readonly Claim[], at: (time: string) => string): string {
  const claim = claims.find((each) => each.number === number);
  if (!claim) return `Claim ${number}`;
  const again = claims.some((each) => each.number < number && each.attempt === claim.attempt);
  return `Attempt ${claim.attempt}${again ? ', continued' : ''}${claim.trainer ? ` on trainer ${claim.trainer.name}` : ''} from ${at(claim.startedAt)}`;
}
