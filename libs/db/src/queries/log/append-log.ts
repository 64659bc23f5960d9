import { and, eq, inArray, isNotNull, or, sql } from 'drizzle-orm';
import type { Database } from '../../connect';
import { isId } from '../../id';
import { logLine, project, run, type LogLineRow } from '../../schema';
import { notify } from '../notify';

export interface LogBatch {
  runId: string;
  leaseToken: string | null;
  lines: readonly Pick<LogLineRow, 'line' | 'stream' | 'at' | 'text'>[];
}

export type AppendedLog = { ok: true } | { ok: false; reason: 'RUN_UNKNOWN' | 'RUN_DELETED' | 'RUN_ENDED' | 'LEASE_LOST' };

/** Stores the lines that the current claim has not stored yet; a number stored already keeps its line. */
export async function appendLog(db: Database, { runId, leaseToken, lines }: LogBatch): Promise<AppendedLog> {
  if (!isId(runId)) return { ok: false, reason: 'RUN_UNKNOWN' };
  const id = runId.toLowerCase();
  return db.transaction(async (tx): Promise<AppendedLog> => {
    // Under the lock of its run lines get their seq in the order of commits.
    const [owner] = await tx
      .select({ status: run.status, leaseToken: run.leaseToken, claim: run.claims, deleted: sql<boolean>`${or(isNotNull(run.deletedAt), isNotNull(project.deletedAt))}` })
      .from(run)
      .innerJoin(project, eq(project.id, run.projectId))
      .where(eq(run.id, id))
      .for('no key update', { of: run });
    if (!owner) return { ok: false, reason: 'RUN_UNKNOWN' };
    if (owner.deleted) return { ok: false, reason: 'RUN_DELETED' };
    const ended = owner.status === 'FINISHED' || owner.status === 'FAILED' || owner.status === 'CANCELLED';
    if (owner.leaseToken !== leaseToken) return { ok: false, reason: ended ? 'RUN_ENDED' : 'LEASE_LOST' };
    if (owner.status !== 'RUNNING') {
      // A batch sent again because its answer was lost is answered, however late.
      const numbers = [...new Set(lines.map(({ line }) => line))];
      const stored = ended && (await tx.$count(logLine, and(eq(logLine.runId, id), eq(logLine.claim, owner.claim), inArray(logLine.line, numbers)))) === numbers.length;
      return stored ? { ok: true } : { ok: false, reason: ended ? 'RUN_ENDED' : 'LEASE_LOST' };
    }
    const column = <Name extends 'line' | 'stream' | 'text'>(name: Name) => sql.param(lines.map((each) => each[name]));
    const { rowCount } = await tx.execute(sql`/* appendLog */
      insert into log_line (run_id, claim, line, stream, at, text)
      select ${id}, ${owner.claim}, sent.line, sent.stream, sent.at, sent.text
      from unnest(${column('line')}::integer[], ${column('stream')}::log_stream[], ${sql.param(lines.map(({ at }) => at.toISOString()))}::timestamptz[], ${column('text')}::text[]) as sent(line, stream, at, text)
      order by sent.line
      on conflict do nothing`);
    if (rowCount) await notify(tx, 'logAppended', id);
    return { ok: true };
  });
}
