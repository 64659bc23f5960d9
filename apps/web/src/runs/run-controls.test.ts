import { confirmation, controlsFor, outcomeOf, pendingWish, type Controlled } from './run-controls';

const at = '2025-01-01T00:00:00.000Z';
const run = (part: Partial<Controlled>): Controlled => ({ id: '1', name: 'flowers', kind: 'MANAGED', status: 'RUNNING', pauseRequestedAt: null, finishRequestedAt: null, cancelRequestedAt: null, lostInARow: 0, startedAt: at, ...part });

test.each([
  [{}, ['pause', 'finishEarly', 'cancel'], null],
  [{ pauseRequestedAt: at }, ['resume', 'finishEarly', 'cancel'], 'pausing at the next batch …'],
  [{ finishRequestedAt: at }, ['cancel'], 'finishing early …'],
  [{ pauseRequestedAt: at, cancelRequestedAt: at }, [], 'cancelling at the next batch …'],
  [{ status: 'QUEUED' }, ['pause', 'cancel'], null],
  [{ status: 'PAUSED' }, ['resume', 'cancel'], null],
  [{ status: 'FINISHED' }, [], null],
  [{ kind: 'EXTERNAL' }, ['cancel'], null],
  [{ kind: 'EXTERNAL', cancelRequestedAt: at }, [], 'asked to stop'],
] as [Partial<Controlled>, string[], string | null][])('%j offers %j and says %j', (part, offered, wish) => {
  expect(controlsFor(run(part))).toEqual(offered);
  expect(pendingWish(run(part))).toBe(wish);
});

test('only what cannot be taken back is asked for', () => {
  expect(confirmation('cancel', run({}))?.title).toBe('Cancel flowers?');
  expect(confirmation('cancel', run({ status: 'QUEUED', startedAt: null }))).toBeNull();
  expect(confirmation('cancel', run({ kind: 'EXTERNAL' }))).toBeNull();
  expect([confirmation('pause', run({})), confirmation('resume', run({}))]).toEqual([null, null]);
  expect(confirmation('finishEarly', run({}))?.text).toContain('best model so far is evaluated and kept');
});

test('a running trainer is asked, a waiting run changed at once', () => {
  expect(outcomeOf('pause', run({}))).toContain('at its next batch');
  expect(outcomeOf('pause', run({ status: 'QUEUED' }))).toBe('flowers is paused.');
});
