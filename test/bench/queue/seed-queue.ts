import type { Pool } from 'pg';

export interface Demand {
  labels: string[];
  /** GiB */
  memory: number;
}

/** Queued runs of five priorities, launched a millisecond apart, whose demands alternate. */
export async function seedQueue(pool: Pool, runs: number, demands: readonly Demand[] = [{ labels: [], memory: 0 }]): Promise<void> {
  const { rows: [names] } = await pool.query<{ project: string; version: string; backbone: string }>(`
    with p as (insert into project (id, name) values (gen_random_uuid(), 'queue ' || gen_random_uuid()) returning id),
    d as (insert into dataset (id, project_id, name) select gen_random_uuid(), id, 'flowers' from p returning id),
    v as (insert into dataset_version (id, dataset_id, version, digest, classes, train_count, val_count) select gen_random_uuid(), id, 1, repeat('0', 64), '[]', 0, 0 from d returning id),
    b as (insert into backbone (id, name, title, source, status, spec) values (gen_random_uuid(), 'queue ' || gen_random_uuid(), 'b', 'IMPORTED', 'READY', '{}') returning id)
    select p.id as project, v.id as version, b.id as backbone from p, v, b`);
  await pool.query(
    `insert into run (id, project_id, name, config, dataset_version_id, backbone_id, priority, created_at, required_labels, required_memory)
     select gen_random_uuid(), $1, 'head-' || n, '{"freeze": "head", "epochs": 30}', $2, $3, (n * 7919) % 5, now() + n * interval '1 millisecond' - interval '1 hour',
       array(select jsonb_array_elements_text($5::jsonb -> ((n - 1) % jsonb_array_length($5::jsonb)) -> 'labels')), ($5::jsonb -> ((n - 1) % jsonb_array_length($5::jsonb)) ->> 'memory')::float8
     from generate_series(1, $4::int) as n`,
    [names!.project, names!.version, names!.backbone, runs, JSON.stringify(demands)],
  );
  await pool.query('vacuum analyze run');
}

export async function countWaiting(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ count: string }>(`select count(*) from run where status = 'QUEUED'`);
  return Number(rows[0]!.count);
}

/** Runs that were claimed in a later statement than another that should have come after them. */
export async function countInversions(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ count: string }>(`
    with claimed as (select started_at, priority, created_at, required_labels, required_memory from run where status = 'RUNNING'),
    before as (select *, min(priority) over (partition by required_labels, required_memory order by started_at range between unbounded preceding and '1 millisecond'::interval preceding) as lowest_before from claimed)
    select count(*) from before where priority > lowest_before`);
  return Number(rows[0]!.count);
}
