import { and, eq, sql } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import type { Database } from '../../connect';
import { run, type RunRow, runClaim, type TrainerRow } from '../../schema';
import { notify } from '../notify';
import { leaseEnd } from './lease';

export interface ClaimRequest {
  trainer: TrainerRow;
  /** Bytes it may use right now; null: not told. */
  freeMemoryBytes: number | null;
  /** Its own name for this request, which becomes the token: asking again answers the same claim. */
  requestId: string | null;
}

export interface Claimed {
  run: RunRow;
  leaseToken: string;
}

/** The queued run that goes next, now leased to this trainer; null when there is none that it may take. */
export async function claimRun(db: Database, { trainer, freeMemoryBytes, requestId }: ClaimRequest): Promise<Claimed | null> {
  const before = requestId === null ? null : await findClaim(db, trainer.id, requestId);
  if (before) return before.run ? { run: before.run, leaseToken: requestId! } : null;
  if (trainer.drainingAt) return null;
  const leaseToken = requestId ?? uuidv7();
  const memory = Math.min(trainer.memoryBytes ?? 0, freeMemoryBytes ?? Infinity) / 2 ** 30;
  // Two trainers that ask at once get two runs: each skips the row the other has locked.
  const next = sql`
    select run.id from run join backbone on backbone.id = run.backbone_id
    where run.status = 'QUEUED' and run.deleted_at is null and backbone.status = 'READY'
      and run.required_labels <@ ${sql.param(trainer.labels)}::text[]
      and (run.required_memory is null or run.required_memory <= ${memory})
      and (run.required_trainer is null or run.required_trainer = ${trainer.name})
    order by run.priority desc, run.created_at, run.id
    limit 1
    for update of run skip locked`;
  return db.transaction(async (tx) => {
    const { rows: [claimed] } = await tx.execute<{ id: string }>(sql`/* claimRun */
      with next as materialized (${next}), taken as (
        update run set status = 'RUNNING', trainer_id = ${trainer.id}, lease_token = ${leaseToken}, lease_expires_at = ${leaseEnd}, claims = claims + 1, started_at = now(), phase = null, error = null,
          backend = ${trainer.backend}, environment = ${trainer.environment && JSON.stringify(trainer.environment)}::jsonb
        from next where run.id = next.id and run.status = 'QUEUED' returning run.id, run.claims, run.attempt
      )
      insert into run_claim (run_id, number, attempt, token, trainer_id) select id, claims, attempt, ${leaseToken}, ${trainer.id} from taken returning run_id as id`);
    if (!claimed) return null;
    await notify(tx, 'runChanged', claimed.id);
    const [row] = await tx.select().from(run).where(eq(run.id, claimed.id));
    return { run: row!, leaseToken };
  });
}

/** The claim of an earlier request of that name; its run is null when the trainer no longer has it. */
async function findClaim(db: Database, trainerId: string, token: string): Promise<{ run: RunRow | null } | null> {
  const [claim] = await db.select().from(runClaim).where(and(eq(runClaim.token, token), eq(runClaim.trainerId, trainerId)));
  if (!claim) return null;
  const [row] = await db.select().from(run).where(and(eq(run.id, claim.runId), eq(run.leaseToken, token), eq(run.status, 'RUNNING')));
  return { run: row ?? null };
}
