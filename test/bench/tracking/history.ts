import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { quantile, timed } from '../kit/figures';
import { Curve } from './curves';
import type { Figure } from '../kit/publish';
import type { Group, Sizes } from './group';
import { logBatch, startRun } from './log-run';
import type { Thaw } from '../kit/thaw';

const pointsPerBatch = 10_000;

/** Logs one long series and many to compare, then reads them; tells what that costs in memory and on disk. */
export const historyGroup: Group = {
  name: 'history',
  async thaw(thaw, sizes) {
    const memory = watchMemory(thaw.pid);
    const long = await startRun(thaw, 'history');
    const curve = new Curve('loss');
    // In turns, so that the load is the same from the first point to the last.
    const compared: string[] = [];
    for (let batch = 0; batch * pointsPerBatch < sizes.longSeries; batch++) {
      await logBatch(thaw, long, batch, [curve], pointsPerBatch);
      const due = Math.round(((batch + 1) * pointsPerBatch * sizes.comparedRuns) / sizes.longSeries);
      compared.push(...(await Promise.all(Array.from({ length: due - compared.length }, () => logCompared(thaw, sizes.comparedPoints)))));
    }
    const megabytes = memory.stop();
    const points = sizes.longSeries + sizes.comparedRuns * sizes.comparedPoints;
    const fresh = await medianOf(sizes.rounds, () => readSeries(thaw, compared, 500));
    await sleep(sizes.settles);
    return [
      ...(await readBack(thaw, long, compared, sizes)),
      { name: `compare ${compared.length} runs a moment after they were logged`, unit: 'ms', better: 'less', thaw: fresh },
      await footprint(thaw, points),
      growth(megabytes),
    ];
  },
};

async function logCompared(thaw: Thaw, points: number): Promise<string> {
  const id = await startRun(thaw, 'history');
  const curve = new Curve('loss');
  for (let batch = 0; batch < 10; batch++) await logBatch(thaw, id, batch, [curve], points / 10);
  return id;
}

const seriesQuery = `query ($runIds: [ID!]!, $maxPoints: Int!, $range: RangeInput) {
  metricSeries(runIds: $runIds, keys: ["loss"], maxPoints: $maxPoints, range: $range) { runId count points(encoding: BASE64) }
}`;

/** Milliseconds until the whole answer has been read. */
const readSeries = (thaw: Thaw, runIds: string[], maxPoints: number, range?: { from: number; to: number }) => timed(() => thaw.ask(seriesQuery, { runIds, maxPoints, range }));

async function medianOf(rounds: number, work: () => Promise<number>): Promise<number> {
  await work();
  const took: number[] = [];
  for (let round = 0; round < rounds; round++) took.push(await work());
  return quantile(took, 0.5);
}

async function readBack(thaw: Thaw, long: string, compared: string[], { longSeries, rounds }: Sizes): Promise<Figure[]> {
  // Ranges of every width, from the whole down to a few hundred points, each at another place.
  const zoom = (round: number) => {
    const width = longSeries / 10 ** (round % 5);
    const from = Math.floor((longSeries - width) * ((round * 0.37) % 1));
    return readSeries(thaw, [long], 1000, { from, to: from + width });
  };
  const zooms: number[] = [];
  for (let round = 0; round < rounds * 2; round++) zooms.push(await zoom(round));
  return [
    { name: `compare ${compared.length} runs, 500 points each`, unit: 'ms', better: 'less', goal: { atMost: 300 }, thaw: await medianOf(rounds, () => readSeries(thaw, compared, 500)) },
    { name: `overview of ${longSeries.toLocaleString('en')} points`, unit: 'ms', better: 'less', goal: { atMost: 100 }, thaw: await medianOf(rounds, () => readSeries(thaw, [long], 1000)) },
    { name: 'zoom into it, slowest range', unit: 'ms', better: 'less', goal: { atMost: 100 }, thaw: Math.max(...zooms) },
  ];
}

/** Tables, indexes and TOAST of metrics, once the background has packed what was logged. */
async function footprint(thaw: Thaw, points: number): Promise<Figure> {
  const client = new Client({ connectionString: thaw.databaseUrl });
  await client.connect();
  try {
    const size = async () => {
      const { rows } = await client.query<{ bytes: string }>("select sum(pg_total_relation_size(name))::text as bytes from unnest(array['metric_chunk', 'metric_series', 'metric_batch']::regclass[]) name");
      return Number(rows[0]!.bytes);
    };
    await client.query('vacuum metric_chunk, metric_series');
    return { name: 'disk per point, index included', unit: 'bytes', better: 'less', goal: { atMost: 6 }, thaw: (await size()) / points };
  } finally {
    await client.end();
  }
}

/** Resident memory of a process, in megabytes, twice a second. */
function watchMemory(pid: number): { stop(): number[] } {
  const samples: number[] = [];
  const sample = () => samples.push(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024);
  sample();
  const timer = setInterval(sample, 500);
  return { stop: () => (clearInterval(timer), samples) };
}

/** From the second quarter, when everything is warm, to the last. */
function growth(megabytes: number[]): Figure {
  const quarter = Math.ceil(megabytes.length / 4);
  // A round of one sample compares it with itself.
  const early = quantile(megabytes.slice(quarter - 1, 2 * quarter), 0.5);
  const late = quantile(megabytes.slice(-quarter), 0.5);
  return { name: `memory of the API while logging (${Math.round(late)} MB)`, unit: '% more', better: 'less', goal: { atMost: 10 }, thaw: (late / early - 1) * 100 };
}
