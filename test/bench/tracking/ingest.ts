import type { Mlflow } from './mlflow';
import { Curve } from './curves';
import { logBatch, startRun } from './log-run';
import type { Group } from './group';
import type { Thaw } from '../kit/thaw';

const keys = 10;
const pointsPerBatch = 1000;

/** Points a second: every writer sends one batch after the other to a run of its own, each stored when the next is sent. */
async function ingest(thaw: Thaw, writers: number, seconds: number): Promise<number> {
  const started = performance.now();
  const until = started + seconds * 1000;
  const write = async () => {
    const runId = await startRun(thaw, 'ingest');
    const curves = Array.from({ length: keys }, (_, index) => new Curve(`metric/${index}`));
    let batches = 0;
    for (; performance.now() < until; batches++) await logBatch(thaw, runId, batches, curves, pointsPerBatch / keys);
    return batches;
  };
  const batches = await Promise.all(Array.from({ length: writers }, write));
  return (batches.reduce((sum, each) => sum + each, 0) * pointsPerBatch * 1000) / (performance.now() - started);
}

export const ingestGroup: Group = {
  name: 'ingest',
  async thaw(thaw, { seconds }) {
    await ingest(thaw, 4, seconds / 3);
    return [
      { name: 'ingest, 1 writer', unit: 'points/s', better: 'more', goal: { timesBestPeer: 50 }, thaw: await ingest(thaw, 1, seconds) },
      { name: 'ingest, 16 writers', unit: 'points/s', better: 'more', goal: { timesBestPeer: 50 }, thaw: await ingest(thaw, 16, seconds) },
    ];
  },
  async peer(mlflow, { seconds }) {
    await logBatches(mlflow, 1, seconds / 3);
    const one = await logBatches(mlflow, 1, seconds);
    // What is asked of 16 writers is to hold 50 times what one MLflow writer gets; their own 16 are told beside it.
    return { 'ingest, 1 writer': one, 'ingest, 16 writers': one, 'ingest, 16 writers on both sides': await logBatches(mlflow, 16, seconds) };
  },
};

const logBatches = async (mlflow: Mlflow, writers: number, seconds: number) => (await mlflow.work<{ perSecond: number }>('log_batch', seconds, writers)).perSecond;
