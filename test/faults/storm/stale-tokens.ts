import { randomUUID } from 'node:crypto';
import type { Installation } from '../installation';
import type { Observed } from './observe';

interface Attempt {
  name: string;
  type: string;
  input: Record<string, unknown>;
}

/** Every write a trainer has; sha256: of any stored file. */
const attemptsWith = (sha256: string, trainerId: string): Attempt[] => [
  { name: 'heartbeat', type: 'HeartbeatInput', input: { trainerId } },
  { name: 'logMetrics', type: 'LogMetricsInput', input: { batchId: randomUUID(), columns: [{ key: 'val/loss', steps: [100_000], times: [0], values: [0] }] } },
  { name: 'appendLog', type: 'AppendLogInput', input: { lines: [{ line: 99_999, text: 'from the dead' }] } },
  { name: 'logCheckpoint', type: 'LogCheckpointInput', input: { epoch: 100_000, files: [{ path: 'weights.bin', sha256 }] } },
  { name: 'logArtifact', type: 'LogArtifactInput', input: { name: 'stale', kind: 'FILE', files: [{ path: 'stale.png', sha256 }] } },
  { name: 'settleRun', type: 'SettleRunInput', input: { status: 'FINISHED', endReason: 'COMPLETED', epochs: 1 } },
  { name: 'releaseRun', type: 'ReleaseRunInput', input: {} },
];

/** Tries, with tokens of claims that are over, every write a trainer has: a trainer that was thought dead would do the same. */
export class StaleTokens {
  readonly #current = new Map<string, { token: string; claim: number }>();
  refused = 0;
  /** What was let through. */
  readonly accepted: string[] = [];

  constructor(readonly installation: Installation) {}

  async probe(runs: ReadonlyMap<string, Observed>): Promise<void> {
    for (const run of runs.values()) {
      const before = this.#current.get(run.id);
      if (before && run.claim > before.claim) await this.#try(run, before.token);
      if (run.status === 'RUNNING' && run.token) this.#current.set(run.id, { token: run.token, claim: run.claim });
    }
  }

  /** Settling or releasing once more is answered as the first time. It must have been done before, and leave the present claim alone. */
  async #isRepeat(name: string, run: Observed, leaseToken: string): Promise<boolean> {
    const outcomes = { settleRun: ['SETTLED', 'CANCELLED'], releaseRun: ['RELEASED', 'CRASHED', 'PAUSED', 'CANCELLED'] }[name] ?? [];
    const claims = await this.installation.sql<{ token: string; outcome: string | null }>('select token, outcome from run_claim where run_id = $1 and (token = $2 or token = $3)', [run.id, leaseToken, run.token]);
    const outcomeOf = (token: string | null) => claims.find((claim) => claim.token === token)?.outcome ?? null;
    return outcomes.includes(outcomeOf(leaseToken) ?? '') && (run.token === null || outcomeOf(run.token) !== 'RELEASED');
  }

  async #try(run: Observed, leaseToken: string): Promise<void> {
    const [stored] = await this.installation.sql<{ sha256: string; trainer: string }>('select picture.sha256, trainer.id as trainer from picture, trainer limit 1');
    for (const { name, type, input } of attemptsWith(stored!.sha256, stored!.trainer)) {
      const answer = await this.installation.gql<Record<string, { userErrors: { code: string }[] }>>(
        `mutation ($input: ${type}!) { ${name}(input: $input) { userErrors { code } } }`, { input: { runId: run.id, leaseToken, ...input } },
      );
      if (answer[name]!.userErrors.some(({ code }) => code === 'LEASE_LOST') || (await this.#isRepeat(name, run, leaseToken))) this.refused++;
      else this.accepted.push(`${name} of ${run.name}, claim ${run.claim}: ${JSON.stringify(answer)}`);
    }
  }
}
