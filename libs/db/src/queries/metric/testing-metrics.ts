import { mergeChunks, summarize, type NamedSeries, type Series, type Summary } from '@thaw/series';
import { asc, eq } from 'drizzle-orm';
import type { Database } from '../../connect';
import { metricChunk, metricSeries, project, run, type MetricChunkRow } from '../../schema';
import { readChunks } from './read-chunks';

/** A running run of a script, or of a trainer when it has a lease. */
export async function givenRun(db: Database, values: Partial<typeof run.$inferInsert> = {}): Promise<string> {
  const [existing] = await db.select({ id: project.id }).from(project).limit(1);
  const projectId = existing?.id ?? (await db.insert(project).values({ name: 'metrics' }).returning({ id: project.id }))[0]!.id;
  const [made] = await db.insert(run).values({ projectId, name: 'run', kind: 'EXTERNAL', status: 'RUNNING', config: {}, ...values }).returning({ id: run.id });
  return made!.id;
}

export const column = (numbers: Iterable<number>) => Float64Array.from(numbers);

export const named = (key: string, steps: number[], values: number[] = steps): NamedSeries => ({ key, steps: column(steps), values: column(values), times: column(steps.map((step) => 1_700_000_000 + step / 10)) });

export const plain = ({ steps, times, values }: Series) => ({ steps: [...steps], times: [...times], values: [...values] });

/** All points of a key, read the slow and simple way. */
export const readWhole = async (db: Database, runId: string, key: string) => plain(mergeChunks(await readChunks(db, [runId], [key])));

export async function readSummary(db: Database, runId: string): Promise<Summary> {
  const [{ count, last, lastStep, min, minStep, max, maxStep }] = (await db.select().from(metricSeries).where(eq(metricSeries.runId, runId))) as [typeof metricSeries.$inferSelect];
  return { count, last, lastStep, min, minStep, max, maxStep };
}

export const summaryOf = (points: ReturnType<typeof plain>) => summarize({ steps: column(points.steps), values: column(points.values) });

export const chunksOf = async (db: Database, runId: string): Promise<MetricChunkRow[]> =>
  (await db.select({ chunk: metricChunk }).from(metricChunk).innerJoin(metricSeries, eq(metricSeries.id, metricChunk.seriesId)).where(eq(metricSeries.runId, runId)).orderBy(asc(metricChunk.firstStep))).map(({ chunk }) => chunk);
