import type { QueueTrainer } from '@thaw/db/queries/trainer/list-queue-trainers';
import { run } from '@thaw/db';
import { eq } from 'drizzle-orm';
import { startTestApi } from '../testing';
import { givenBackbone, givenDataset } from '../testing-rows';
import { statementsOf } from '../testing-statements';
import { explainWaiting } from './waiting';

const ready = { name: 'mobile', status: 'READY', fetchError: null } as const;
const anybody = { requiredLabels: [], requiredMemory: 0, requiredTrainer: '' };
const trainer = (name: string, more: Partial<QueueTrainer> = {}): QueueTrainer => ({ name, backend: 'wasm', labels: ['wasm'], memoryBytes: 8 * 2 ** 30, slots: 1, state: 'ALIVE', busy: 0, ...more }) as QueueTrainer;

test.each<[string, Parameters<typeof explainWaiting>, ReturnType<typeof explainWaiting>]>([
  ['its backbone comes', [anybody, { ...ready, status: 'FETCHING' }, []], { code: 'BACKBONE', message: 'Backbone mobile is being downloaded.' }],
  ['its backbone did not come', [anybody, { ...ready, status: 'FAILED', fetchError: 'The host is down' }, []], { code: 'BACKBONE', message: 'Backbone mobile could not be downloaded: The host is down. Try again: thaw backbone fetch mobile.' }],
  ['nobody is there', [{ ...anybody, requiredLabels: ['gpu'] }, ready, []], { code: 'NO_TRAINER', message: "No trainer is alive. npm start runs one; on another machine start one with THAW_URL set to this server's address, THAW_TRAINER_LABELS=gpu." }],
  ['a label is missing', [{ ...anybody, requiredLabels: ['gpu'] }, ready, [trainer('laptop')]], { code: 'NO_MATCH', message: 'No trainer has the label gpu. Alive: laptop (wasm, 8 GiB). Start one there with THAW_TRAINER_LABELS=gpu, or remove the constraint.' }],
  ['memory is missing', [{ ...anybody, requiredMemory: 16 }, ready, [trainer('laptop'), trainer('old', { memoryBytes: null })]], { code: 'NO_MATCH', message: 'No trainer has 16 GiB of memory. Alive: laptop (wasm, 8 GiB), old (wasm). Start one on a larger machine, or remove the constraint.' }],
  ['a name is missing', [{ ...anybody, requiredTrainer: 'big' }, ready, [trainer('laptop')]], { code: 'NO_MATCH', message: 'No trainer is named big. Alive: laptop (wasm, 8 GiB). Start it with THAW_TRAINER_NAME=big, or remove the constraint.' }],
  ['each lacks something else', [{ ...anybody, requiredLabels: ['lab'], requiredMemory: 16 }, ready, [trainer('a', { labels: ['lab'] }), trainer('b', { memoryBytes: 64 * 2 ** 30 })]], { code: 'NO_MATCH', message: expect.stringMatching(/^No trainer meets all of its constraints at once: has 16 GiB of memory, has the label lab\. Alive: a \(wasm, 8 GiB\), b \(wasm, 64 GiB\)\./) }],
  ['those that could drain', [anybody, ready, [trainer('a', { state: 'DRAINING' })]], { code: 'DRAINED', message: 'a (wasm, 8 GiB) could take it, but is draining. Resume it: thaw trainers resume a.' }],
  ['those that could are busy', [anybody, ready, [trainer('a', { busy: 1 }), trainer('b', { slots: 2, busy: 2 })]], { code: 'BUSY', message: 'Every trainer that could take it is busy: a (wasm, 8 GiB), b (wasm, 8 GiB).' }],
  ['somebody has room', [anybody, ready, [trainer('a', { busy: 1 }), trainer('b', { slots: 2, busy: 1 })]], { code: 'SOON', message: 'b has room and takes it as soon as it asks.' }],
])('%s', (_name, given, expected) => {
  expect(explainWaiting(...given)).toEqual(expected);
});

test('a page of 500 queued runs says why each waits, and asks the database no more often than for one', async () => {
  await using api = await startTestApi();
  await givenDataset(api.db, 'flowers');
  await givenBackbone(api.db, 'mobile');
  const { launchRun } = await api.gql('mutation { launchRun(input: { dataset: "flowers", backbone: "mobile", priority: 1 }) { run { id } userErrors { message } } }');
  const [row] = await api.db.select().from(run).where(eq(run.id, launchRun.run.id));
  await api.db.insert(run).values(Array.from({ length: 499 }, (_, index) => ({ projectId: row!.projectId, datasetVersionId: row!.datasetVersionId, backboneId: row!.backboneId, config: row!.config, name: `run ${index}`, requiredLabels: index % 2 ? ['gpu'] : [] })));
  const ask = async (first: number) => {
    let nodes: { waiting: { ahead: number } }[] = [];
    const asked = await statementsOf(async () => {
      ({ runs: { nodes } } = await api.gql('query ($first: Int!) { runs(first: $first) { nodes { waiting { code ahead } reproduceCommand claims { number } } } }', { first }));
    });
    return { asked: asked.length, waiting: nodes.map(({ waiting }) => waiting) };
  };
  const one = await ask(1);
  const all = await ask(500);
  expect(all.waiting.map(({ ahead }: { ahead: number }) => ahead).sort((a: number, b: number) => a - b)).toEqual(Array.from({ length: 500 }, (_, index) => index));
  expect(one.asked).toBeGreaterThan(3);
  expect(all.asked).toBeLessThanOrEqual(one.asked + 2);
});
