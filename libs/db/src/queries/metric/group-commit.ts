import type { Database } from '../../connect';
import { channel } from '../../notice';
import type { AppendedMetrics } from './append-metrics';
import { noteFresh } from './fresh-series';
import { forgetKeys, rememberKeys } from './key-cache';
import { lockOwners } from './lock-owners';
import { storeBatches, type DigestedBatch } from './store-batches';

interface Waiting {
  batch: DigestedBatch;
  settle(answer: AppendedMetrics): void;
  fail(error: unknown): void;
}

/** Points of one transaction: what is beyond waits for the next, so that nobody waits long. */
const mostPoints = 200_000;
const mostAttempts = 4;
/** Serialization failure, deadlock, a key whose project is gone: another attempt sees things as they are. */
const passing = new Set(['40001', '40P01', '23503']);

const groups = new WeakMap<Database, ReturnType<typeof createGroup>>();

/** While one transaction is under way, batches that arrive wait and share the next: many writers cost little more than one. */
export function groupCommit(db: Database) {
  let group = groups.get(db);
  if (!group) groups.set(db, (group = createGroup(db)));
  return group;
}

function createGroup(db: Database) {
  let waiting: Waiting[] = [];
  let busy = false;

  async function work() {
    if (busy) return;
    busy = true;
    try {
      while (waiting.length > 0) await flush(take());
    } finally {
      busy = false;
    }
  }

  function take(): Waiting[] {
    let points = 0;
    let size = 0;
    while (size < waiting.length && (size === 0 || points < mostPoints)) points += pointsOf(waiting[size++]!.batch);
    const taken = waiting.slice(0, size);
    waiting = waiting.slice(size);
    return taken;
  }

  async function flush(taken: Waiting[]): Promise<void> {
    const several = taken.length > 1;
    let left: Waiting[];
    try {
      left = await transact(db, taken, { skipLocked: several });
    } catch (error) {
      if (!several) return void retry(taken[0]!, error, 1);
      left = taken;
    }
    // A run that somebody else holds, or a batch that Postgres refuses, holds up nobody else.
    for (const each of left) void alone(each);
  }

  async function alone(each: Waiting, attempt = 1): Promise<void> {
    try {
      await transact(db, [each], { skipLocked: false });
    } catch (error) {
      await retry(each, error, attempt);
    }
  }

  async function retry(each: Waiting, error: unknown, attempt: number): Promise<void> {
    forgetKeys(db);
    if (passing.has((error as { code?: string }).code ?? '') && attempt < mostAttempts) await alone(each, attempt + 1);
    else each.fail(error);
  }

  return {
    append: (batch: DigestedBatch): Promise<AppendedMetrics> =>
      new Promise((settle, fail) => {
        waiting.push({ batch, settle, fail });
        void work();
      }),
  };
}

const pointsOf = ({ series }: DigestedBatch) => series.reduce((sum, { steps }) => sum + steps.length, 0);

/** Answers those whose run it could lock; the others come back. */
async function transact(db: Database, taken: Waiting[], { skipLocked }: { skipLocked: boolean }): Promise<Waiting[]> {
  const client = await db.$client.connect();
  let broken = false;
  try {
    const owners = await lockOwners(client, [...new Set(taken.map(({ batch }) => batch.runId))], { begin: true, skipLocked });
    const own = skipLocked ? taken.filter(({ batch }) => owners.has(batch.runId)) : taken;
    const stored = await storeBatches(client, owners, own.map(({ batch }) => batch), db);
    await client.query(`${stored.runIds.length > 0 ? `select ${stored.runIds.map((id) => `pg_notify('${channel}', 'metricsAppended ${id}')`).join(', ')}; ` : ''}commit`);
    rememberKeys(db, stored.keys);
    noteFresh(db, stored.fresh);
    own.forEach(({ settle }, index) => settle(stored.answers[index]!));
    return own.length === taken.length ? [] : taken.filter((each) => !own.includes(each));
  } catch (error) {
    await client.query('rollback').catch(() => (broken = true));
    throw error;
  } finally {
    client.release(broken);
  }
}
