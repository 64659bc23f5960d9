import type { Pool } from 'pg';

/** The metrics of a seeded run, and the config values a search would be about; configOf makes the rest up to 20. */
export const seedMetrics = ['val/accuracy', 'val/loss', 'train/accuracy', 'train/loss', 'lr'];

/**
 * Runs as a project of some years has them, made by Postgres itself (100,000 in one to three minutes): skewed categories,
 * log-uniform learning rates, metrics that follow from the config with noise, a few that diverged to NaN, some that were
 * never logged, tags common and rare. Only rows that lists read: no points. The same seed makes the same values.
 */
export async function seedRuns(pool: Pool, { project = 'bench', runs = 100_000, seed = 0.42 } = {}): Promise<{ projectId: string }> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query('set local synchronous_commit = off');
    // Foreign keys hold by construction; checking millions of them takes half the time. Only superusers may leave it out.
    const { rows } = await client.query<{ superuser: boolean }>('select rolsuper as superuser from pg_roles where rolname = current_user');
    if (rows[0]?.superuser) await client.query('set local session_replication_role = replica');
    await client.query('select setseed($1)', [seed]);
    const projectId = await seedNames(client.query.bind(client) as never, project);
    await client.query(insertRuns, [projectId, runs]);
    await client.query(insertParamKeys, [projectId]);
    await client.query(insertParams, [projectId]);
    await client.query(`insert into key (project_id, kind, name) select $1, 'METRIC', name from unnest($2::text[]) as name`, [projectId, seedMetrics]);
    await client.query(insertSeries, [projectId]);
    await client.query('commit');
    for (const table of ['run', 'run_param', 'metric_series', 'key']) await client.query(`vacuum analyze ${table}`);
    return { projectId };
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  } finally {
    client.release();
  }
}

type Query = (text: string, values?: unknown[]) => Promise<{ rows: { id: string }[] }>;

/** The project, and datasets and backbones for its runs. */
async function seedNames(query: Query, project: string): Promise<string> {
  const { rows } = await query(`insert into project (id, name) values (gen_random_uuid(), $1) returning id`, [project]);
  const projectId = rows[0]!.id;
  await query(
    `with inserted as (insert into dataset (id, project_id, name) select gen_random_uuid(), $1, 'seed-' || n from generate_series(1, 6) as n returning id)
     insert into dataset_version (id, dataset_id, version, digest, classes, train_count, val_count) select gen_random_uuid(), id, 1, repeat('0', 64), '[]', 0, 0 from inserted`,
    [projectId],
  );
  await query(`insert into backbone (id, name, title, source, status, spec) select gen_random_uuid(), 'seed-' || n, 'seed-' || n, 'IMPORTED', 'READY', '{"architecture":"layers_model","preprocessing":{"inputSize":224,"resize":"fill","range":[-1,1]},"blocks":[],"featureLayer":"last"}' from generate_series(1, 8) as n on conflict (name) do nothing`);
  await query(`insert into trainer (id, name, backend) select gen_random_uuid(), 'seed-' || n, 'cpu' from generate_series(1, 3) as n on conflict (name) do nothing`);
  return projectId;
}

/** A number from 1 to `most` where 1 is the most common: squaring a uniform number skews it. */
const skewed = (most: number) => `(1 + floor(power(random(), 2.5) * ${most}))::int`;

const insertRuns = `
with drawn as (
  select n, random() as fate, random() as luck, random() as length,
    power(10, -5 + 4.5 * random()) as lr, (array['head', 'head', 'head', 'full', 'gradual', 'last_blocks'])[1 + floor(random() * 6)::int] as strategy,
    ${skewed(8)} as backbone, ${skewed(6)} as dataset, ${skewed(40)} as epochs, (array[8, 16, 32, 32, 32, 64, 128])[1 + floor(random() * 7)::int] as batch,
    now() - interval '2 minutes' * ($2::int - n) as created
  from generate_series(1, $2::int) as n
), shaped as (
  select *, case when n % 50 = 0 or fate > 0.99 then 'RUNNING' when fate > 0.97 then 'QUEUED' when fate > 0.92 then 'CANCELLED' when fate > 0.82 then 'FAILED' else 'FINISHED' end as state,
    created + interval '1 second' * (5 + 300 * luck) as started, interval '1 second' * (30 + 7200 * length * length) as span
  from drawn
)
insert into run (id, project_id, name, kind, status, end_reason, config, dataset_version_id, backbone_id, tags, notes, priority, git_commit, created_at, started_at, ended_at, trainer_id)
select
  (lpad(to_hex((extract(epoch from created) * 1000)::bigint), 12, '0') || '7' || substr(md5(random()::text), 1, 3) || '8' || substr(md5(random()::text), 1, 15))::uuid, $1,
  strategy || '-' || (array['resnet', 'mobilenet', 'efficientnet', 'vit'])[1 + backbone % 4] || '-' || n,
  (case when n % 3 = 0 or state = 'RUNNING' then 'EXTERNAL' else 'MANAGED' end)::run_kind, state::run_status,
  (case state when 'FINISHED' then case when luck < 0.4 then 'EARLY_STOPPED' else 'COMPLETED' end when 'FAILED' then case when luck < 0.2 then 'OUT_OF_MEMORY' else 'ERROR' end when 'CANCELLED' then 'CANCELLED' end)::run_end_reason,
  jsonb_build_object('learningRate', lr, 'freeze', strategy, 'epochs', epochs, 'batchSize', batch, 'dropout', round((0.5 * random())::numeric, 2), 'seed', n % 5,
    'optimizer', jsonb_build_object('name', (array['adam', 'adam', 'adam', 'sgd', 'adamw', 'rmsprop'])[1 + floor(random() * 6)::int], 'weightDecay', power(10, -6 + 4 * random()), 'momentum', 0.9),
    'schedule', jsonb_build_object('name', (array['constant', 'constant', 'cosine', 'step'])[1 + floor(random() * 4)::int], 'warmup', ${skewed(10)}),
    'augment', jsonb_build_object('flip', random() < 0.7, 'crop', random() < 0.3, 'mixup', round(random()::numeric, 1)),
    'labelSmoothing', round((0.2 * random())::numeric, 2), 'patience', ${skewed(10)}, 'inputSize', (array[96, 128, 224, 224, 224])[1 + floor(random() * 5)::int],
    'precision', case when random() < 0.02 then 'bfloat16' else 'float32' end, 'host', 'node-' || ${skewed(200)}) || case when random() < 0.3 then jsonb_build_object('sweep', 'sweep-' || n / 250) else '{}' end,
  (select array_agg(id order by id) from dataset_version where dataset_id in (select id from dataset where project_id = $1))[dataset],
  (select array_agg(id order by name) from backbone where name like 'seed-%')[backbone],
  array_remove(array[case when random() < 0.3 then 'baseline' end, case when luck > 0.99 then 'best' end, case when random() < 0.05 then 'debug' end, case when n % 9973 = 0 then 'paper' end, 'week-' || n / 5000], null),
  case when random() < 0.02 then 'looks promising, try again with a longer warm-up' end, case when random() < 0.05 then 10 else 0 end, md5((n / 400)::text),
  created, case when state <> 'QUEUED' then started end, case when state not in ('QUEUED', 'RUNNING') then started + span end,
  case when n % 3 > 0 and state not in ('QUEUED', 'RUNNING') then (select array_agg(id order by name) from trainer where name like 'seed-%')[1 + n % 3] end
from shaped`;

/** Each leaf of a config by its dotted path; seeded configs are two levels deep. */
const leaves = `
  select outside.key as name, outside.value from jsonb_each(run.config) as outside where jsonb_typeof(outside.value) <> 'object'
  union all
  select outside.key || '.' || inside.key, inside.value from jsonb_each(run.config) as outside cross join lateral jsonb_each(outside.value) as inside where jsonb_typeof(outside.value) = 'object'`;

const insertParamKeys = `
insert into key (project_id, kind, name)
select distinct $1::uuid, 'PARAM'::key_kind, leaf.name from run cross join lateral (${leaves}) as leaf where run.project_id = $1`;

const insertParams = `
insert into run_param (run_id, key_id, number, text)
select run.id, key.id, case when jsonb_typeof(leaf.value) = 'number' then (leaf.value #>> '{}')::float8 end, left(leaf.value #>> '{}', 256)
from run cross join lateral (${leaves}) as leaf join key on key.project_id = $1 and key.kind = 'PARAM' and key.name = leaf.name where run.project_id = $1`;

/** Better with a rate near 1e-3, with more epochs and with all layers; one in fifty diverges, one in forty logs no validation. */
const insertSeries = `
with quality as (
  select run.id, random() as luck, random() as gap, (config ->> 'learningRate')::float8 as lr,
    greatest(0.05, least(0.995, 0.93 - 0.06 * power(log((config ->> 'learningRate')::numeric) + 3, 2)::float8 + 0.001 * (config ->> 'epochs')::float8 + case config ->> 'freeze' when 'full' then 0.03 else 0 end - 0.12 * random() * random())) as accuracy
  from run where project_id = $1 and status <> 'QUEUED'
), series as (
  select id, luck, name, case name
    when 'val/accuracy' then accuracy when 'val/loss' then 0.05 - ln(accuracy) + 0.1 * gap when 'train/accuracy' then least(1, accuracy + 0.05 * gap) when 'train/loss' then 0.02 - ln(least(1, accuracy + 0.05 * gap)) else lr end as value
  from quality cross join unnest(array['val/accuracy', 'val/loss', 'train/accuracy', 'train/loss', 'lr']) as name
)
insert into metric_series (run_id, key_id, claim, count, last, last_step, min, min_step, max, max_step)
select series.id, key.id, 1, 20, case when luck < 0.02 and series.name like '%loss' then 'NaN' else value end, 20, value * 0.9, 1, value * 1.05, 19
from series join key on key.project_id = $1 and key.kind = 'METRIC' and key.name = series.name
where luck < 0.975 or series.name not like 'val/%'`;
