import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from '@thaw/db';
import { claimRuns } from '@thaw/db/queries/run/claim-runs';
import type { Pool } from 'pg';
import { quantile } from '../kit/figures';
import { readOptions } from '../kit/options';
import { type Figure, publish } from '../kit/publish';
import { type Thaw, withThaw } from '../kit/thaw';
import { countInversions, countWaiting, type Demand, seedQueue } from './seed-queue';
import { startTrainers } from './trainers-process';

interface Sizes {
  runs: number;
  trainers: number;
  /** Launched one by one while every trainer is idle. */
  notices: number;
}

const fullSizes: Sizes = { runs: 10_000, trainers: 200, notices: 300 };
const smokeSizes: Sizes = { runs: 200, trainers: 10, notices: 5 };

/** What half, or none, of the trainers can take. The simulated ones have the labels even or odd, and 16 GiB. */
const demands: Demand[] = [
  ...['even', 'odd'].flatMap((label) => [0, 4, 8, 12].map((memory) => ({ labels: [label], memory }))),
  ...Array.from({ length: 12 }, (_, n) => ({ labels: ['gpu', `rack-${n}`], memory: 64 })),
];
const takeable = demands.filter(({ labels }) => !labels.includes('gpu')).length / demands.length;

type Row = { name: string; measure(thaw: Thaw, pool: Pool, sizes: Sizes): Promise<Figure[]> };

const rows: Row[] = [
  {
    name: 'claims',
    async measure({ url }, pool, { runs, trainers }) {
      await seedQueue(pool, runs);
      await using process = await startTrainers(url, trainers);
      const { claims, seconds, latencies } = await process.do({ task: 'drain' });
      const given = claims.reduce((sum, count) => sum + count, 0);
      return [
        { name: `claims of ${trainers} trainers, ${runs} queued runs, over HTTP`, unit: '/s', thaw: given / seconds, better: 'more', goal: { atLeast: 1000 } },
        { name: 'such a claim, p99', unit: 'ms', thaw: quantile(latencies, 0.99), better: 'less' },
        { name: 'runs given to two', unit: '', thaw: given - runs, better: 'less', goal: { atMost: 0 } },
        { name: 'runs left waiting', unit: '', thaw: await countWaiting(pool), better: 'less', goal: { atMost: 0 } },
        { name: 'runs that one of lower priority overtook', unit: '', thaw: await countInversions(pool), better: 'less', goal: { atMost: 0 } },
        { name: 'claims of the trainer that got fewest, of the mean', unit: '×', thaw: Math.min(...claims) / (given / trainers), better: 'more' },
      ];
    },
  },
  {
    name: 'constraints',
    async measure({ url }, pool, { runs, trainers }) {
      await seedQueue(pool, runs, demands);
      await using process = await startTrainers(url, trainers);
      const { claims, seconds } = await process.do({ task: 'drain' });
      const given = claims.reduce((sum, count) => sum + count, 0);
      return [
        { name: `claims with ${demands.length} demands, ${Math.round((1 - takeable) * 100)} % of the runs for nobody here`, unit: '/s', thaw: given / seconds, better: 'more', goal: { atLeast: 1000 } },
        { name: 'takeable runs left waiting', unit: '', thaw: (await countWaiting(pool)) - runs * (1 - takeable), better: 'less', goal: { atMost: 0 } },
        { name: 'such runs overtaken by lower priority', unit: '', thaw: await countInversions(pool), better: 'less', goal: { atMost: 0 } },
      ];
    },
  },
  {
    name: 'statements',
    async measure({ databaseUrl, ask }, pool, { runs }) {
      await seedQueue(pool, runs);
      const { registerTrainer } = await ask<{ registerTrainer: { trainer: { id: string } } }>('mutation { registerTrainer(input: { name: "alone", backend: "cpu" }) { trainer { id } userErrors { message } } }');
      const request = { trainerId: registerTrainer.trainer.id, freeMemoryBytes: null, requestId: null };
      await using connection = connect(databaseUrl);
      const rate = async (together: number, count: number) => {
        const started = performance.now();
        for (let left = count; left > 0; left -= together) await claimRuns(connection.db, Array.from({ length: together }, () => request));
        return count / ((performance.now() - started) / 1000);
      };
      const alone = await rate(1, Math.ceil(runs / 20));
      return [
        { name: 'claims without HTTP, one at a time', unit: '/s', thaw: alone, better: 'more' },
        { name: 'claims without HTTP, 50 in a statement', unit: '/s', thaw: await rate(50, Math.floor(runs / 2 / 50) * 50), better: 'more' },
      ];
    },
  },
  {
    name: 'notice',
    async measure({ url, ask }, pool, { trainers, notices }) {
      await seedQueue(pool, 0);
      const { rows: [names] } = await pool.query<{ project: string; dataset: string; backbone: string }>(`select project.name as project, dataset.name as dataset, backbone.name as backbone from dataset join project on project.id = project_id, backbone where project.name like 'queue %' and backbone.name like 'queue %'`);
      await using process = await startTrainers(url, trainers);
      await process.do({ task: 'listen' });
      await sleep(500);
      for (let index = 0; index < notices; index++) {
        await ask('mutation ($input: LaunchRunInput!) { launchRun(input: $input) { run { id } userErrors { message } } }', { input: { ...names, config: { seed: index } } });
        await sleep(10);
      }
      const waits = async () => (await pool.query<{ ms: number }>(`select (extract(epoch from run_claim.started_at - run.created_at) * 1000)::float8 as ms from run join run_claim on run_claim.run_id = run.id and number = 1 join project on project.id = project_id where project.name = $1`, [names!.project])).rows.map(({ ms }) => ms);
      for (const deadline = Date.now() + 20_000; (await waits()).length < notices && Date.now() < deadline; ) await sleep(50);
      const measured = await waits();
      return [
        { name: `from launch to claim, ${trainers} idle trainers, p50`, unit: 'ms', thaw: quantile(measured, 0.5), better: 'less' },
        { name: `from launch to claim, ${trainers} idle trainers, p99`, unit: 'ms', thaw: quantile(measured, 0.99), better: 'less', goal: { atMost: 100 } },
        { name: 'launched runs that nobody took', unit: '', thaw: notices - measured.length, better: 'less', goal: { atMost: 0 } },
      ];
    },
  },
];

/** `npm run bench:queue`: the real API on an embedded Postgres, trainers that train nothing in a second process. */
async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  const sizes = options.smoke ? smokeSizes : fullSizes;
  const chosen = rows.filter(({ name }) => !options.only || name === options.only);
  if (chosen.length === 0) throw new Error(`There is no row "${options.only}". The rows are ${rows.map(({ name }) => name).join(', ')}.`);
  const figures: Figure[] = [];
  for (const { name, measure } of chosen) {
    console.error(`Measuring ${name} …`);
    figures.push(...(await withThaw(async (thaw) => {
      await using connection = connect(thaw.databaseUrl, { maxConnections: 2 });
      return await measure(thaw, connection.pool, sizes);
    })));
  }
  publish('queue', figures, options);
}

void main();
