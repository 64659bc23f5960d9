import { connect } from '@thaw/db';
import { seedRuns } from '@thaw/db/testing-runs';
import type { Pool } from 'pg';
import { Curve } from '../tracking/curves';
import { logBatch } from '../tracking/log-run';
import type { Thaw } from '../kit/thaw';

export interface Sizes {
  /** Of the project whose table is measured. */
  runs: number;
  /** Metric keys known in that project; each run has logged a few. */
  keys: number;
  /** Of the project whose curves are laid over each other. */
  curves: number;
  /** Of each curve. */
  points: number;
}

export const fullSizes: Sizes = { runs: 10_000, keys: 12_000, curves: 500, points: 10_000 };
export const smokeSizes: Sizes = { runs: 200, keys: 300, curves: 10, points: 1000 };

export const tableProject = 'many-runs';
export const curvesProject = 'many-curves';
export const curveKey = 'train/loss';

/** The two projects of the benchmark: one with many runs and metric keys, one with long curves. */
export async function seedDashboard(thaw: Thaw, { runs, keys, curves, points }: Sizes): Promise<{ curveRuns: string[] }> {
  await using connection = connect(thaw.databaseUrl, { maxConnections: 2 });
  const { projectId } = await seedRuns(connection.pool, { project: tableProject, runs });
  await seedKeys(connection.pool, projectId, keys);
  const curveRuns = await seedCurves(thaw, curves, points);
  // A database that has been there for a while has tidied up; one that is just doing it would be measured along with the page.
  for (const command of ['vacuum (analyze)', 'checkpoint']) await connection.pool.query(command);
  return { curveRuns };
}

/** Metrics as scripts with a metric per class or layer log them: each run has ten of them. */
async function seedKeys(pool: Pool, projectId: string, keys: number): Promise<void> {
  await pool.query(`insert into key (project_id, kind, name) select $1, 'METRIC', 'layer_' || lpad(n::text, 5, '0') || '/gradient_norm' from generate_series(1, $2::int) as n`, [projectId, keys]);
  await pool.query(
    `with numbered as (select id, row_number() over (order by name) - 1 as place from key where project_id = $1 and name like 'layer\\_%'),
          chosen as (select id as run_id, row_number() over (order by id) as n from run where project_id = $1)
     insert into metric_series (run_id, key_id, claim, count, last, last_step, min, min_step, max, max_step)
     select run_id, numbered.id, 1, 20, value, 20, value * 0.5, 3, value * 2, 1
     from chosen cross join generate_series(0, 9) as nth join numbered on place = (n * 10 + nth) % $2::int cross join lateral (select 0.1 + ((n * 7919) % 1000) / 1000.0 as value) as made`,
    [projectId, keys],
  );
  for (const table of ['key', 'metric_series']) await pool.query(`vacuum analyze ${table}`);
}

async function seedCurves(thaw: Thaw, curves: number, points: number): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < curves; index++) {
    const { createRun } = await thaw.ask<{ createRun: { run: { id: string } } }>(
      'mutation ($input: CreateRunInput!) { createRun(input: $input) { run { id } userErrors { message } } }',
      { input: { project: curvesProject, name: `curve-${index + 1}`, config: { learningRate: 10 ** (-4 + (index % 20) / 10), dropout: (index % 5) / 10, seed: index } } },
    );
    await logBatch(thaw, createRun.run.id, 0, [new Curve(curveKey)], points);
    await thaw.ask('mutation ($input: FinishRunInput!) { finishRun(input: $input) { run { id } userErrors { message } } }', { input: { id: createRun.run.id, status: 'FINISHED' } });
    ids.push(createRun.run.id);
  }
  return ids;
}
