import fc from 'fast-check';
import { commands } from './model/commands';
import { createModel } from './model/model';
import { QueueUnderTest } from './model/queue-under-test';

/** THAW_MODEL_RUNS=500 THAW_MODEL_SEED=7 explores further; what fails is printed as the shortest sequence that does. */
const numRuns = Number(process.env.THAW_MODEL_RUNS ?? 10);
const seed = Number(process.env.THAW_MODEL_SEED ?? 6);

let queue: QueueUnderTest;
beforeAll(async () => {
  queue = await QueueUnderTest.start();
});
afterAll(() => queue[Symbol.asyncDispose]());

test('whatever people, trainers and outages do in whatever order, the queue is where libs/run-states says', async () => {
  await fc.assert(
    fc.asyncProperty(fc.commands(commands, { maxCommands: 60, size: 'max' }), async (sequence) => {
      const model = createModel();
      await queue.reset(model);
      await fc.asyncModelRun(() => ({ model, real: queue }), sequence);
    }),
    { numRuns, seed, endOnFailure: false },
  );
}, 3_600_000);
