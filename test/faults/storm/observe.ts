import type { Installation } from '../installation';

export interface Observed {
  id: string;
  name: string;
  status: 'QUEUED' | 'RUNNING' | 'PAUSED' | 'FINISHED' | 'FAILED' | 'CANCELLED';
  endReason: string | null;
  error: string | null;
  claim: number;
  token: string | null;
  trainer: string | null;
  /** The last epoch that was logged; 0 before the first. */
  epoch: number;
  /** Trainers it has lost since it last made progress: the third ends it. */
  lostInARow: number;
}

/** By name; null while Postgres is away. */
export async function observe(installation: Installation, project: string): Promise<Map<string, Observed> | null> {
  const rows = await installation.trySql<Observed>(
    `select r.id, r.name, r.status, r.end_reason as "endReason", r.error, r.claims as claim, r.lease_token as token, t.name as trainer,
  coalesce((select s.last_step from metric_series s join key k on k.id = s.key_id where s.run_id = r.id and k.name = 'val/loss'), 0)::int as epoch, r.lost_in_a_row as "lostInARow"
from run r join project p on p.id = r.project_id left join trainer t on t.id = r.trainer_id where p.name = $1`,
    [project],
  );
  return rows && new Map(rows.map((row) => [row.name, row]));
}

export const hasEnded = ({ status }: Pick<Observed, 'status'>) => ['FINISHED', 'FAILED', 'CANCELLED'].includes(status);
