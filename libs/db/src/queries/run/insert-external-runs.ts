import type { RunRow } from '../../schema';
import type { FreshChunks } from '../metric/fresh-series';
import { all, ask, list, type Client } from '../metric/statement';
import { prepareWrites, sendWrites } from '../metric/write-series';
import type { PreparedRun } from './prepare-external-run';

/** Where the project bears that name no longer, or the id is taken, nothing is inserted. */
const statement = `with given as (
  select * from jsonb_to_recordset($1::jsonb) as r(
    id uuid, "projectId" uuid, project text, name text, status run_status, "endReason" run_end_reason, config jsonb, "datasetVersionId" uuid, "backboneId" uuid, "parentRunId" uuid,
    tags text[], notes text, error text, environment jsonb, "gitCommit" text, "startedAt" timestamptz, "endedAt" timestamptz, "finalMetrics" jsonb, "contentDigest" text)
), made as (
  insert into run (id, project_id, name, kind, status, end_reason, config, dataset_version_id, backbone_id, parent_run_id, tags, notes, error, environment, git_commit, started_at, ended_at, final_metrics, content_digest)
  select g.id, p.id, g.name, 'EXTERNAL', g.status, g."endReason", g.config, g."datasetVersionId", g."backboneId", g."parentRunId", g.tags, g.notes, g.error, g.environment, g."gitCommit", coalesce(g."startedAt", now()), g."endedAt", g."finalMetrics", g."contentDigest"
  from given g join project p on p.id = g."projectId" and p.name = g.project and p.deleted_at is null
  on conflict (id) do nothing
  returning id, created_at, started_at, changed_in
), params as (
  insert into run_param (run_id, key_id, number, text)
  select p.* from unnest($2::uuid[], $3::int[], $4::float8[], $5::text[]) as p(run_id, key_id, number, text) join made on made.id = p.run_id
)
select id, created_at, started_at, changed_in from made`;

/** What an external run starts with, as the table's defaults have it. */
const untouched = {
  kind: 'EXTERNAL', priority: 0, attempt: 1, claims: 0, backend: null, deletedAt: null, bestEpoch: null, epochs: null, phase: null,
  countsFrom: null, workedSeconds: null, trainerId: null, leaseToken: null, leaseExpiresAt: null, cancelRequestedAt: null, pauseRequestedAt: null, finishRequestedAt: null,
  requiredLabels: [] as string[], requiredMemory: 0, requiredTrainer: '', lostInARow: 0,
} as const;

/**
 * Runs with their configs and metrics; every statement is on its way when this returns. The caller's transaction may
 * commit only when the answer has all of the runs: the metrics of one that was not inserted are with a stranger.
 */
export async function insertExternalRuns(client: Client, runs: readonly PreparedRun[]): Promise<{ rows: Map<string, RunRow>; fresh: FreshChunks[] }> {
  const params = runs.flatMap(({ row, params: own }) => own.map((param) => ({ ...param, runId: row.id })));
  const [made, fresh] = await all([
    ask<[id: string, createdAt: Date, startedAt: Date, changedIn: string]>(client, 'insertExternalRuns', statement, [
      JSON.stringify(runs.map(({ row, project }) => ({ ...row, project }))),
      list(params.map(({ runId }) => runId)),
      list(params.map(({ keyId }) => keyId)),
      list(params.map(({ number }) => number)),
      params.map(({ text }) => text),
    ]),
    sendWrites(client, prepareWrites(runs.flatMap(({ growths }) => growths))),
  ]);
  const byId = new Map(runs.map(({ row }) => [row.id, row]));
  const rows = made.map(([id, createdAt, startedAt, changedIn]) => [id, { ...untouched, ...byId.get(id)!, createdAt, startedAt, changedIn: Number(changedIn) }] as const);
  return { rows: new Map(rows), fresh };
}
