import { setTimeout as sleep } from 'node:timers/promises';
import { listen } from './listen';
import { parseNotice, type Notice } from './notice';
import { notify } from './queries/notify';
import { createTestDatabase, type TestDatabase } from './testing';

let database: TestDatabase;
beforeAll(async () => { database = await createTestDatabase(); });
afterAll(() => database[Symbol.asyncDispose]());

test('notices arrive when their transaction commits, never when it is rolled back', async () => {
  const stopping = new AbortController();
  const notices: Notice[] = [];
  let connected = () => {};
  const ready = new Promise<void>((resolve) => (connected = resolve));
  const listening = listen(database.url, { signal: stopping.signal, onConnected: connected, onNotice: (notice) => notices.push(notice), onError: (error) => { throw error; } });
  await ready;
  await database.db.transaction(async (tx) => {
    await notify(tx, 'runChanged', 'undone');
    tx.rollback();
  }).catch(() => {});
  await database.db.transaction(async (tx) => {
    await notify(tx, 'runQueued', ['a', 'b']);
    await sleep(50);
    expect(notices).toEqual([]);
  });
  for (let waited = 0; notices.length < 2 && waited < 2000; waited += 10) await sleep(10);
  expect(notices).toEqual([{ topic: 'runQueued', id: 'a' }, { topic: 'runQueued', id: 'b' }]);
  stopping.abort();
  await listening;
});

test('what another program sends on the channel is no notice', () => {
  expect(parseNotice('')).toBeNull();
  expect(parseNotice('somethingElse 1')).toBeNull();
  expect(parseNotice('runQueued')).toBeNull();
});
