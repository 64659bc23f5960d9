import { and, eq, inArray, sql } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import type { Database } from '../../connect';
import { run, runClaim, type RunRow, type TrainerRow } from '../../schema';
import { hint } from '../hint';
import { touchTrainers } from '../trainer/touch-trainers';
import { findRuns } from './find-runs';
import { leaseEnd } from './lease';
import { type Candidate, listNextRuns } from './list-next-runs';

export interface ClaimRequest {
  trainerId: string;
  /** Bytes it may use right now; null: not told. */
  freeMemoryBytes: number | null;
  /** Its own name for this request, which becomes the token: asking again answers the same claim. */
  requestId: string | null;
}

export interface Claimed {
  run: RunRow;
  leaseToken: string;
}

/** claimed: null when nothing waits that this trainer may take. */
export type ClaimAnswer = { ok: true; claimed: Claimed | null } | { ok: false; reason: 'TRAINER_UNKNOWN' };

interface Asking {
  trainer: TrainerRow;
  /** GiB */
  memory: number;
  token: string;
}

/** Another replica took what was found: what is next now? */
const mostRounds = 10;

/** Each request in its turn gets the highest priority, then the oldest, of the runs that its trainer may take. In the order of the requests. */
export async function claimRuns(db: Database, requests: readonly ClaimRequest[]): Promise<ClaimAnswer[]> {
  const [trainers, known] = await Promise.all([touchTrainers(db, requests.map(({ trainerId }) => trainerId)), findClaims(db, requests)]);
  const asking: Asking[] = requests.flatMap(({ trainerId, freeMemoryBytes, requestId }) => {
    const trainer = trainers.get(trainerId.toLowerCase());
    if (!trainer || trainer.drainingAt || (requestId && known.has(requestId))) return [];
    return [{ trainer, memory: Math.min(trainer.memoryBytes ?? 0, freeMemoryBytes ?? Infinity) / 2 ** 30, token: requestId ?? uuidv7() }];
  });
  const taken = await takeRuns(db, asking);
  const rows = await findRuns(db, [...taken.values()]);
  hint(db, 'runChanged', [...taken.values()]);
  let next = 0;
  return requests.map(({ trainerId, requestId }): ClaimAnswer => {
    const trainer = trainers.get(trainerId.toLowerCase());
    if (!trainer) return { ok: false, reason: 'TRAINER_UNKNOWN' };
    const before = requestId === null ? undefined : known.get(requestId);
    if (before !== undefined) return { ok: true, claimed: before && before.trainerId === trainer.id ? { run: before, leaseToken: requestId! } : null };
    if (trainer.drainingAt) return { ok: true, claimed: null };
    const { token } = asking[next++]!;
    const row = rows.get(taken.get(token) ?? '');
    return { ok: true, claimed: row ? { run: row, leaseToken: token } : null };
  });
}

/** Token to run. Found first and locked by id then, so that a statement locks only what it takes. */
async function takeRuns(db: Database, asking: readonly Asking[]): Promise<Map<string, string>> {
  const taken = new Map<string, string>();
  let waiting = [...asking];
  for (let round = 0; waiting.length > 0 && round < mostRounds; round++) {
    const wanted = assign(waiting, await listNextRuns(db, waiting.map(({ trainer: { labels, name }, memory }) => ({ labels, name, memory })), waiting.length));
    if (wanted.length === 0) break;
    for (const { token, id } of await lease(db, wanted)) taken.set(token, id);
    if (wanted.every(({ token }) => taken.has(token))) break;
    waiting = wanted.filter(({ token }) => !taken.has(token));
  }
  return taken;
}

type Wanted = Asking & { runId: string };

function assign(asking: readonly Asking[], candidates: readonly Candidate[]): Wanted[] {
  const left = [...candidates];
  return asking.flatMap((each) => {
    const at = left.findIndex((candidate) => fits(candidate, each));
    return at < 0 ? [] : [{ ...each, runId: left.splice(at, 1)[0]!.id }];
  });
}

const fits = ({ labels, memory, trainer }: Candidate, asking: Asking): boolean =>
  labels.every((label) => asking.trainer.labels.includes(label)) && memory <= (memory > 0 ? asking.memory : Infinity) && (trainer === '' || trainer === asking.trainer.name);

/** Gives each run to its trainer and notes the claim, in one statement; leaves out runs that somebody else was faster with. */
async function lease(db: Database, wanted: readonly Wanted[]): Promise<{ token: string; id: string }[]> {
  const { rows } = await db.execute<{ token: string; id: string }>(sql`/* claimRuns */
    with wanted as (
      select * from unnest(${sql.param(wanted.map(({ runId }) => runId))}::uuid[], ${sql.param(wanted.map(({ trainer }) => trainer.id))}::uuid[], ${sql.param(wanted.map(({ token }) => token))}::text[]) as wanted(run_id, trainer_id, token)
    ), free as materialized (
      select id from run where id = any(${sql.param(wanted.map(({ runId }) => runId))}::uuid[]) and status = 'QUEUED' and deleted_at is null for update skip locked
    ), taken as (
      update run set status = 'RUNNING', trainer_id = wanted.trainer_id, lease_token = wanted.token, lease_expires_at = ${leaseEnd}, claims = run.claims + 1, started_at = coalesce(run.started_at, now()), counts_from = now() - coalesce(run.worked_seconds, 0) * interval '1 second', worked_seconds = null, phase = null, error = null,
        -- What the trainer is now; settleRun may say it more exactly.
        backend = trainer.backend, environment = trainer.environment,
        git_commit = coalesce(run.git_commit, trainer.environment ->> 'gitCommit')
      from wanted join trainer on trainer.id = wanted.trainer_id and trainer.draining_at is null and trainer.stopped_at is null
      where run.id = wanted.run_id and run.id in (select id from free)
      returning run.id, run.claims, run.attempt, wanted.token, wanted.trainer_id
    )
    insert into run_claim (run_id, number, attempt, token, trainer_id) select id, claims, attempt, token, trainer_id from taken returning token, run_id as id`);
  return rows;
}

/** Claims of earlier requests of these names; null when the trainer no longer has the run. */
async function findClaims(db: Database, requests: readonly ClaimRequest[]): Promise<Map<string, RunRow | null>> {
  const named = requests.flatMap(({ requestId }) => requestId ?? []);
  if (named.length === 0) return new Map();
  const rows = await db
    .select({ token: runClaim.token, run })
    .from(runClaim)
    .leftJoin(run, and(eq(run.id, runClaim.runId), eq(run.leaseToken, runClaim.token), eq(run.status, 'RUNNING')))
    .where(inArray(runClaim.token, named));
  return new Map(rows.map(({ token, run: row }) => [token, row]));
}
