import { randomUUID } from 'node:crypto';
import type { Group } from './group';
import type { Thaw } from '../kit/thaw';

const row = 'runs with 20 params and 100 points';
const inFlight = 16;

/** Runs a second, each stored whole: config, metrics, end. */
async function createRuns(thaw: Thaw, seconds: number): Promise<number> {
  const started = performance.now();
  const until = started + seconds * 1000;
  let runs = 0;
  const create = async () => {
    for (; performance.now() < until; runs++) {
      await thaw.ask('mutation ($input: CreateRunInput!) { createRun(input: $input) { run { id } userErrors { field message code } } }', { input: finishedRun() });
    }
  };
  await Promise.all(Array.from({ length: inFlight }, create));
  return (runs * 1000) / (performance.now() - started);
}

function finishedRun() {
  const steps = Array.from({ length: 20 }, (_, index) => index);
  return {
    id: randomUUID(),
    project: 'created',
    config: Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`param${index}`, Math.random()])),
    metrics: Array.from({ length: 5 }, (_, index) => ({ key: `metric/${index}`, steps, values: steps.map(() => Math.random()) })),
    end: { status: 'FINISHED' },
  };
}

export const createRunsGroup: Group = {
  name: 'create',
  async thaw(thaw, { seconds }) {
    await createRuns(thaw, seconds / 3);
    return [{ name: row, unit: 'runs/s', better: 'more', goal: { timesBestPeer: 100 }, thaw: await createRuns(thaw, seconds) }];
  },
  async peer(mlflow, { seconds }) {
    return { [row]: (await mlflow.work<{ perSecond: number }>('create_runs', seconds)).perSecond };
  },
};
