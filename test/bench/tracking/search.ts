import { Pool } from 'pg';
import { quantile, timed } from '../kit/figures';
import type { Figure } from '../kit/publish';
import type { Group } from './group';
import { seedRuns } from '@thaw/db/testing-runs';
import type { Thaw } from '../kit/thaw';

const best = { field: 'METRIC', key: 'val/accuracy', stat: 'MAX' };

/** What people ask of their runs: common and rare, positive and negated, in every kind of order. */
const questions: { search: string; orderBy?: object }[] = [
  { search: '' },
  { search: '', orderBy: best },
  { search: '', orderBy: { field: 'CONFIG', key: 'learningRate', direction: 'ASC' } },
  { search: 'val/accuracy > 0.9', orderBy: best },
  { search: 'not val/accuracy > 0.5' },
  { search: 'config.freeze = head', orderBy: best },
  { search: 'not config.freeze = head and val/loss < 0.3', orderBy: { field: 'METRIC', key: 'val/loss', stat: 'MIN', direction: 'ASC' } },
  { search: 'val/accuracy > 0.9 and config.freeze = "head" and not tag:baseline', orderBy: best },
  { search: 'config.learningRate < 0.0001 and not status = FINISHED', orderBy: { field: 'NAME', direction: 'ASC' } },
  { search: 'config.precision = bfloat16 and tag:best', orderBy: best },
  { search: 'not (tag:baseline or config.optimizer.name = adam)', orderBy: { field: 'METRIC', key: 'train/loss', stat: 'LAST', direction: 'ASC' } },
  { search: 'status = FAILED or val/accuracy < 0.2' },
  { search: 'name ~ resnet and config.epochs >= 30', orderBy: { field: 'DURATION' } },
];

const list = `query ($search: String, $orderBy: RunOrder) {
  runs(project: "bench", search: $search, orderBy: $orderBy, first: 50) {
    nodes { id name status tags createdAt durationSeconds config metrics(keys: ["val/accuracy", "val/loss", "train/accuracy", "train/loss", "lr"]) { key last min max } }
    pageInfo { hasNextPage endCursor }
  }
}`;

/** Milliseconds of every question, asked in turn, each several times. */
async function askAll(thaw: Thaw, rounds: number): Promise<Map<string, number[]>> {
  const took = new Map(questions.map((question) => [JSON.stringify(question), [] as number[]]));
  for (let round = -1; round < rounds; round++) {
    for (const question of questions) {
      const ms = await timed(() => thaw.ask(list, question));
      // The first round warms caches, as the first user of the day does.
      if (round >= 0) took.get(JSON.stringify(question))!.push(ms);
    }
  }
  return took;
}

export const searchGroup: Group = {
  name: 'search',
  async thaw(thaw, { searched, rounds }) {
    const pool = new Pool({ connectionString: thaw.databaseUrl });
    const figures: Figure[] = [];
    try {
      for (const runs of searched) {
        await pool.query(`update project set name = 'before-' || id where name = 'bench'`);
        await seedRuns(pool, { project: 'bench', runs });
        const took = await askAll(thaw, rounds);
        const slowest = [...took].map(([question, each]) => ({ question, p95: quantile(each, 0.95) })).sort((a, b) => b.p95 - a.p95)[0]!;
        console.error(`  ${runs.toLocaleString('en')} runs: slowest is ${slowest.question}, p95 ${slowest.p95.toFixed(1)} ms`);
        const goal = runs === 100_000 ? ({ atMost: 50 } as const) : undefined;
        figures.push({ name: `search ${runs.toLocaleString('en')} runs, p95`, unit: 'ms', better: 'less', goal, thaw: quantile([...took.values()].flat(), 0.95) });
      }
    } finally {
      await pool.end();
    }
    return figures;
  },
  async peer(mlflow, { peerSearched, rounds }) {
    const experiment = await mlflow.seed(peerSearched);
    const { took } = await mlflow.work<{ took: number[] }>('search_runs', experiment, rounds * 4);
    return { [`search ${peerSearched.toLocaleString('en')} runs, p95`]: quantile(took, 0.95) };
  },
};
