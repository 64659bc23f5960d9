import type { PoolClient } from 'pg';
import type { Database } from '../../connect';
import type { AppendedMetrics } from './append-metrics';
import { noteFresh } from './fresh-series';
import { forgetKeys, rememberKeys, rememberProject } from '../key/key-cache';
import { hint } from '../hint';
import { answerBatches, findKnownGrowths, growSeries, type DigestedBatch } from './store-batches';
import { pipelined, together } from './statement';
import { pointsOf, takeBatches } from './take-batches';
import { prepareWrites, sendWrites } from './write-series';

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
    // A run that somebody else holds, or a batch that Postgres refuses, holds up nobody else.
    const left = await transact(db, taken, { skipLocked: true }).catch(() => taken);
    for (const each of left) void alone(each);
  }

  async function alone(each: Waiting, attempt = 1): Promise<void> {
    try {
      await transact(db, [each], { skipLocked: false });
    } catch (error) {
      forgetKeys(db);
      if (passing.has((error as { code?: string }).code ?? '') && attempt < mostAttempts) await alone(each, attempt + 1);
      else each.fail(error);
    }
  }

  return {
    append: (batch: DigestedBatch): Promise<AppendedMetrics> =>
      new Promise((settle, fail) => {
        waiting.push({ batch, settle, fail });
        void work();
      }),
  };
}

/** Answers those whose run it could lock; the others come back. */
async function transact(db: Database, waiting: Waiting[], { skipLocked }: { skipLocked: boolean }): Promise<Waiting[]> {
  const client = await db.$client.connect();
  let broken = false;
  try {
    return await pipelined(client, () => commit(client, db, waiting, skipLocked));
  } catch (error) {
    await client.query('rollback').catch(() => (broken = true));
    throw error;
  } finally {
    client.release(broken);
  }
}

async function commit(client: PoolClient, db: Database, waiting: Waiting[], skipLocked: boolean): Promise<Waiting[]> {
  const batches = waiting.map(({ batch }) => batch);
  const [, taken, foreseen] = await together(client, () => [client.query('begin'), takeBatches(client, batches, { skipLocked }), findKnownGrowths(client, db, batches)]);
  const own = skipLocked ? waiting.filter(({ batch }) => taken.owners.has(batch.runId)) : waiting;
  const answers = await answerBatches(client, taken, own.map(({ batch }) => batch));
  const { growths, keys } = await growSeries(client, taken, foreseen, db);
  // Packed before anything is sent: what fails here must not be followed by the commit.
  const writes = prepareWrites(growths);
  // Sent together: a commit of what failed is a rollback.
  const [fresh] = await together(client, () => [sendWrites(client, writes), client.query('commit')]);
  rememberKeys(db, keys);
  for (const [runId, { projectId }] of taken.owners) rememberProject(db, runId, projectId);
  noteFresh(db, fresh);
  own.forEach(({ settle }, index) => settle(answers[index]!));
  hint(db, 'metricsAppended', [...new Set(growths.map(({ runId }) => runId))]);
  return own.length === waiting.length ? [] : waiting.filter((each) => !own.includes(each));
}
