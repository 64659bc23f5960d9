import { mergeChunks, summarize, unpackSeries, type NamedSeries, type Series, type Summary } from '@thaw/series';
import { and, asc, eq } from 'drizzle-orm';
import type { Database } from '../../connect';
import { key, metricChunk, metricSeries, project, run, type MetricChunkRow } from '../../schema';

/** A running run of a script, or of a trainer when it has a lease. */
export async function givenRun(db: Database, values: Partial<typeof run.$inferInsert> = {}): Promise<string> {
  const [existing] = await db.select({ id: project.id }).from(project).limit(1);
  const projectId = existing?.id ?? (await db.insert(project).values({ name: 'metrics' }).returning({ id: project.id }))[0]!.id;
  const [made] = await db.insert(run).values({ projectId, name: 'run', kind: 'EXTERNAL', status: 'RUNNING', config: {}, ...values }).returning({ id: run.id });
  return made!.id;
}

export const column = (numbers: Iterable<number>) => Float64Array.from(numbers);

export const named = (name: string, steps: number[], values: number[] = steps): NamedSeries => ({ key: name, steps: column(steps), values: column(values), times: column(steps.map((step) => 1_700_000_000 + step / 10)) });

export const plain = ({ steps, times, values }: Series) => ({ steps: [...steps], times: [...times], values: [...values] });

/** All points of a key, read the slow and simple way. */
export async function readWhole(db: Database, runId: string, name: string) {
  const chunks = await db
    .select({ claim: metricChunk.claim, points: metricChunk.points })
    .from(metricChunk)
    .innerJoin(metricSeries, eq(metricSeries.id, metricChunk.seriesId))
    .innerJoin(key, eq(key.id, metricSeries.keyId))
    .where(and(eq(metricSeries.runId, runId), eq(key.name, name)))
    .orderBy(asc(metricChunk.seq));
  return plain(mergeChunks(chunks.map(({ claim, points }) => ({ claim, ...unpackSeries(points) }))));
}

export async function readSummary(db: Database, runId: string): Promise<Summary> {
  const [{ count, last, lastStep, min, minStep, max, maxStep }] = (await db.select().from(metricSeries).where(eq(metricSeries.runId, runId))) as [typeof metricSeries.$inferSelect];
  return { count, last, lastStep, min, minStep, max, maxStep };
}

export const summaryOf = (points: ReturnType<typeof plain>) => summarize({ steps: column(points.steps), values: column(points.values) });

export const chunksOf = async (db: Database, runId: string): Promise<MetricChunkRow[]> =>
  (await db.select({ chunk: metricChunk }).from(metricChunk).innerJoin(metricSeries, eq(metricSeries.id, metricChunk.seriesId)).where(eq(metricSeries.runId, runId)).orderBy(asc(metricChunk.firstStep))).map(({ chunk }) => chunk);
