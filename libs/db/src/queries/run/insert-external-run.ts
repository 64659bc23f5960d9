import { encodeNumber, mergeSeries, type NamedSeries, type Series } from '@thaw/series';
import type { Database } from '../../connect';
import { channel } from '../../notice';
import type { RunRow } from '../../schema';
import { ensureKeys } from '../key/ensure-keys';
import { noteFresh } from '../metric/fresh-series';
import { Growth } from '../metric/growth';
import { prepareWrites, sendWrites } from '../metric/write-series';
import { paramsOf } from './params-of';

export type ExternalRun = Pick<RunRow, 'id' | 'name' | 'status' | 'endReason' | 'config' | 'datasetVersionId' | 'backboneId' | 'parentRunId' | 'tags' | 'notes' | 'error' | 'environment' | 'gitCommit' | 'endedAt' | 'contentDigest'> & {
  project: { id: string; name: string };
  /** Default: now. */
  startedAt: Date | null;
  /** null: the last value of each metric, when it has ended. */
  finalMetrics: RunRow['finalMetrics'] | null;
  metrics: readonly NamedSeries[];
};

/** A run with its config and metrics, whole or not at all. null: nothing was written, because the id is taken or the project is gone. */
export async function insertExternalRun(db: Database, { project, metrics, ...run }: ExternalRun): Promise<RunRow | null> {
  const params = paramsOf(run.config);
  const series = byKey(metrics);
  const paramKeys = await ensureKeys(db, project.id, 'PARAM', params.map(({ key }) => key));
  const metricKeys = await ensureKeys(db, project.id, 'METRIC', [...series.keys()]);
  const growths = new Map([...series].map(([key, points]) => {
    const growth = new Growth(run.id, metricKeys.get(key)!, 0);
    growth.add(points);
    return [key, growth];
  }));
  const finalMetrics = run.finalMetrics ?? (run.endedAt ? [...growths].map(([key, { summary }]) => ({ key, value: encodeNumber(summary!.last) })) : []);
  const client = await db.$client.connect();
  let broken = false;
  try {
    await client.query('begin');
    const { rows } = await client.query<Pick<RunRow, 'createdAt' | 'startedAt'> & { changedIn: string }>({
      name: 'insertExternalRun',
      text: statement,
      values: [
        project.id, project.name,
        run.id, run.name, run.status, run.endReason, JSON.stringify(run.config), run.datasetVersionId, run.backboneId, run.parentRunId, run.tags, run.notes,
        run.error, run.environment && JSON.stringify(run.environment), run.gitCommit, run.startedAt, run.endedAt, JSON.stringify(finalMetrics), run.contentDigest,
        params.map(({ key }) => paramKeys.get(key)), params.map(({ number }) => number), params.map(({ text }) => text),
      ],
    });
    const [made] = rows;
    const fresh = made && growths.size > 0 ? await sendWrites(client, prepareWrites([...growths.values()])) : [];
    await client.query('commit');
    noteFresh(db, fresh);
    return made ? { ...untouched, ...run, createdAt: made.createdAt, startedAt: made.startedAt, changedIn: Number(made.changedIn), projectId: project.id, finalMetrics } : null;
  } catch (error) {
    await client.query('rollback').catch(() => (broken = true));
    throw error;
  } finally {
    client.release(broken);
  }
}

/** What an external run starts with, as the table's defaults have it. */
const untouched = {
  kind: 'EXTERNAL', priority: 0, attempt: 1, claims: 0, backend: null, deletedAt: null, bestEpoch: null, epochs: null, phase: null,
  trainerId: null, leaseToken: null, leaseExpiresAt: null, cancelRequestedAt: null,
} as const;

const statement = `/* insertExternalRun */
with made as (
  insert into run (id, project_id, name, kind, status, end_reason, config, dataset_version_id, backbone_id, parent_run_id, tags, notes, error, environment, git_commit, started_at, ended_at, final_metrics, content_digest)
  select $3::uuid, project.id, $4, 'EXTERNAL', $5::run_status, $6::run_end_reason, $7::jsonb, $8::uuid, $9::uuid, $10::uuid, $11::text[], $12, $13, $14::jsonb, $15, coalesce($16::timestamptz, now()), $17::timestamptz, $18::jsonb, $19
  from project where project.id = $1::uuid and project.name = $2 and project.deleted_at is null
  on conflict (id) do nothing
  returning id, created_at, started_at, changed_in
), params as (
  insert into run_param (run_id, key_id, number, text)
  select made.id, param.* from made, unnest($20::int[], $21::float8[], $22::text[]) param
)
select created_at as "createdAt", started_at as "startedAt", changed_in as "changedIn", pg_notify('${channel}', 'runChanged ' || id) from made`;

/** Columns of one key are one series, by step; keys by name, as finishRun lists them. */
function byKey(metrics: readonly NamedSeries[]): Map<string, Series> {
  const parts = new Map<string, Series[]>();
  for (const each of metrics) {
    if (each.steps.length === 0) continue;
    const same = parts.get(each.key);
    if (same) same.push(each);
    else parts.set(each.key, [each]);
  }
  return new Map([...parts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, same]) => [key, mergeSeries(same)]));
}
