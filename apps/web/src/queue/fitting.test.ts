import { constraintsOf, constraintWords, draftOfQueue, emptyQueueDraft, noneFits, priorityOf, queueProblems, type FittingTrainer } from './fitting';

const gib = 2 ** 30;
const laptop: FittingTrainer = { name: 'laptop', state: 'ALIVE', labels: ['wasm'], memoryBytes: 8 * gib };
const box: FittingTrainer = { name: 'gpu-1', state: 'ALIVE', labels: ['gpu', 'fast'], memoryBytes: 64 * gib };
const draft = (part: Partial<typeof emptyQueueDraft>) => ({ ...emptyQueueDraft, ...part });

test.each([
  [{}, [laptop], null],
  [{}, [], 'No trainer is alive.'],
  [{}, [{ ...laptop, state: 'LOST' }], 'No trainer is alive.'],
  [{ labels: 'gpu' }, [laptop], 'No trainer has gpu.'],
  [{ labels: 'gpu, fast' }, [laptop, box], null],
  [{ labels: 'gpu wasm' }, [laptop, box], 'No trainer has gpu and wasm together.'],
  [{ memoryGiB: '16' }, [laptop], 'No trainer has 16 GiB of memory.'],
  [{ labels: 'gpu', memoryGiB: '128' }, [laptop, box], 'No trainer has gpu and 128 GiB of memory.'],
  [{ trainer: 'gpu-2' }, [box], 'No trainer named gpu-2 is alive.'],
  [{ trainer: 'laptop', labels: 'gpu' }, [laptop, box], 'laptop has not gpu.'],
  [{ labels: 'gpu' }, [laptop, { ...box, state: 'DRAINING' }], 'gpu-1 could take it, but drains'],
] as [Partial<typeof emptyQueueDraft>, FittingTrainer[], string | null][])('%j among %j: %s', (part, trainers, says) => {
  const said = noneFits(draft(part), trainers);
  if (says === null) expect(said).toBeNull();
  else expect(said).toContain(says);
});

test('what was typed is sent as it is meant, and what makes no sense is named', () => {
  expect([priorityOf(draft({ priority: ' -5' })), constraintsOf(draft({ labels: 'gpu,gpu  fast', memoryGiB: '7.5', trainer: ' box ' }))]).toEqual([-5, { labels: ['gpu', 'fast'], memoryGiB: 7.5, trainer: 'box' }]);
  expect(constraintsOf(emptyQueueDraft)).toEqual({ labels: [], memoryGiB: null, trainer: null });
  expect(Object.keys(queueProblems(draft({ priority: 'high', memoryGiB: '-1', labels: 'GPU' })))).toEqual(['priority', 'memoryGiB', 'labels']);
  const constraints = { labels: ['gpu'], memoryGiB: 8, trainer: 'box' };
  expect(draftOfQueue({ priority: 3, constraints })).toEqual({ priority: '3', labels: 'gpu', memoryGiB: '8', trainer: 'box' });
  expect([constraintWords(constraints), constraintWords({ labels: [], memoryGiB: null, trainer: null })]).toEqual(['gpu, 8 GiB, on box', null]);
});
