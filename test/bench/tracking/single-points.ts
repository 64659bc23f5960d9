import { setImmediate as breathe } from 'node:timers/promises';
import { startRun } from '@thaw/client';
import type { Group } from './group';

const row = 'single points through the client';

/** A script that logs one loss a step, as fast as it can, through the client; it counts until all is stored. */
async function logPoints(url: string, calls: number): Promise<{ perSecond: number; longestMs: number }> {
  const started = performance.now();
  const run = startRun({ url, project: 'single' });
  let longestMs = 0;
  for (let step = 1; step <= calls; step++) {
    const before = performance.now();
    run.log({ loss: Math.random() }, { step });
    longestMs = Math.max(longestMs, performance.now() - before);
    // A training step awaits something.
    if (step % 100 === 0) await breathe();
  }
  await run.finish();
  return { perSecond: (calls * 1000) / (performance.now() - started), longestMs };
}

export const singlePointsGroup: Group = {
  name: 'single',
  async thaw({ url }, { seconds }) {
    await logPoints(url, 1000);
    const { perSecond, longestMs } = await logPoints(url, Math.round(seconds * 20_000));
    return [
      { name: row, unit: 'calls/s', better: 'more', goal: { timesBestPeer: 500 }, thaw: perSecond },
      { name: 'longest such call in the script', unit: 'ms', better: 'less', goal: { atMost: 5 }, thaw: longestMs },
    ];
  },
  async peer(mlflow, { seconds }) {
    const { perSecond, longestMs } = await mlflow.work<{ perSecond: number; longestMs: number }>('log_metric', seconds);
    return { [row]: perSecond, 'longest such call in the script': longestMs };
  },
};
