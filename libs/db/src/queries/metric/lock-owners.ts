import type { RunStatus } from '../../schema';
import type { Client } from './statement';

/** What decides whether a batch may be stored. */
export interface Owner {
  projectId: string;
  status: RunStatus;
  leaseToken: string | null;
  claim: number;
  deleted: boolean;
}

/**
 * Batches of one run are stored one after the other, so that summaries and the order of chunks are right. Locked in order
 * of id, so that two that lock the same runs do not wait for each other. skipLocked leaves out runs that somebody else holds.
 */
export async function lockOwners(client: Client, runIds: readonly string[], { begin = false, skipLocked = false } = {}): Promise<Map<string, Owner>> {
  // Ids were checked to be UUIDs: with no parameters `begin` goes along in one message.
  const text = `${begin ? 'begin; ' : ''}select r.id, r.project_id, r.status, r.lease_token, r.claims, r.deleted_at is not null or p.deleted_at is not null as deleted
from run r join project p on p.id = r.project_id where r.id in (${runIds.map((id) => `'${id}'`).join(', ')}) order by r.id for no key update of r${skipLocked ? ' skip locked' : ''}`;
  const answers = (await client.query<Row>(text)) as unknown as { rows: Row[] } | { rows: Row[] }[];
  const { rows } = Array.isArray(answers) ? answers.at(-1)! : answers;
  return new Map(rows.map((row) => [row.id, { projectId: row.project_id, status: row.status, leaseToken: row.lease_token, claim: row.claims, deleted: row.deleted }]));
}

interface Row {
  id: string;
  project_id: string;
  status: RunStatus;
  lease_token: string | null;
  claims: number;
  deleted: boolean;
}
