import type { Curve } from './curves';
import type { Thaw } from '../kit/thaw';

export async function startRun(thaw: Thaw, project: string): Promise<string> {
  const { createRun } = await thaw.ask<{ createRun: { run: { id: string } } }>('mutation ($input: CreateRunInput!) { createRun(input: $input) { run { id } userErrors { field message code } } }', { input: { project } });
  return createRun.run.id;
}

/** One batch: the next points of each curve. */
export async function logBatch(thaw: Thaw, runId: string, batch: number, curves: readonly Curve[], pointsEach: number): Promise<void> {
  const input = { runId, batchId: String(batch), columns: curves.map((curve) => curve.next(pointsEach)) };
  const { logMetrics } = await thaw.ask<{ logMetrics: { accepted: number } }>('mutation ($input: LogMetricsInput!) { logMetrics(input: $input) { accepted userErrors { field message code } } }', { input });
  if (logMetrics.accepted !== curves.length * pointsEach) throw new Error(`${logMetrics.accepted} of ${curves.length * pointsEach} points were stored.`);
}
