import type { Installation } from '../installation';
import type { Change } from '../witness';
import type { Verdict } from './verdict';

interface Claim {
  run: string;
  number: number;
  token: string;
  trainer: string;
  /** milliseconds since 1970 */
  from: number;
  to: number | null;
}

/** The history of claims that people are shown: every claim the witness saw and no other, each over before the next began. */
export async function checkClaims(installation: Installation, changes: readonly Change[]): Promise<Verdict> {
  const claims = await installation.sql<Claim & Record<string, unknown>>(
    `select run_id as run, number, token, t.name as trainer, (extract(epoch from started_at) * 1000)::float8 as "from", (extract(epoch from ended_at) * 1000)::float8 as "to"
from run_claim join trainer t on t.id = run_claim.trainer_id where run_id in (select run from witness.change) order by run_id, number`);
  const known = new Map(claims.map((claim) => [claim.token, claim]));
  const seen = changes.filter(({ status, token }) => status === 'RUNNING' && token !== null);
  const problems = [
    ...seen.filter(({ token, trainer }) => known.get(token!)?.trainer !== trainer).map(({ run, claim, trainer }) => `claim ${claim} of run ${run} by ${trainer} is not in the history.`),
    ...claims.filter(({ token }) => !seen.some((change) => change.token === token)).map(({ run, number }) => `claim ${number} of run ${run} is in the history, and nobody saw it.`),
    ...claims.filter(({ to }) => to === null).map(({ run, number }) => `claim ${number} of run ${run} never ended.`),
    ...claims.flatMap((claim, index) => {
      const before = claims[index - 1];
      return before?.run === claim.run && (before.to === null || before.to > claim.from) ? [`claims ${before.number} and ${claim.number} of run ${claim.run} overlap.`] : [];
    }),
  ];
  return { name: 'claims in the history, one after the other', unit: 'claims', checked: claims.length, problems };
}
