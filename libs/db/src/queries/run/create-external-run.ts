import type { Database } from '../../connect';
import type { RunRow } from '../../schema';
import { forgetKeys } from '../key/key-cache';
import { noteFresh } from '../metric/fresh-series';
import { pipelined, together } from '../metric/statement';
import { hint } from '../hint';
import { ensureProject } from '../project/ensure-project';
import { insertExternalRuns } from './insert-external-runs';
import { prepareRun, type ExternalRun } from './prepare-external-run';

interface Waiting {
  run: ExternalRun;
  settle(row: RunRow | null): void;
  fail(error: unknown): void;
}

interface Group {
  waiting: Waiting[];
  busy: boolean;
  /** Ids by name, not for long: a project may be renamed or deleted, which the insert notices. */
  projects: Map<string, string>;
}

const mostRuns = 100;
const mostPoints = 200_000;
const mostProjects = 1000;
const mostAttempts = 4;
/** Serialization failure, deadlock, a key or project that is gone: another attempt sees things as they are. */
const passing = new Set(['40001', '40P01', '23503']);

const groups = new WeakMap<Database, Group>();

/**
 * A run with its config and metrics, whole or not at all; null when its id is taken. While one transaction is under way
 * runs that arrive wait and share the next: many scripts that start at once cost little more than one.
 */
export function createExternalRun(db: Database, run: ExternalRun): Promise<RunRow | null> {
  let group = groups.get(db);
  if (!group) groups.set(db, (group = { waiting: [], busy: false, projects: new Map() }));
  const { waiting } = group;
  return new Promise((settle, fail) => {
    waiting.push({ run, settle, fail });
    void work(db, group);
  });
}

async function work(db: Database, group: Group): Promise<void> {
  if (group.busy) return;
  group.busy = true;
  while (group.waiting.length > 0) {
    const taken = take(group.waiting);
    // One that Postgres refuses holds up nobody else.
    const written = await transact(db, group, taken).catch(() => false);
    if (!written) for (const each of taken) void alone(db, group, each);
  }
  group.busy = false;
}

/** Takes from the front; a second run of the same id waits for what becomes of the first. */
function take(waiting: Waiting[]): Waiting[] {
  const ids = new Set<string>();
  let points = 0;
  while (ids.size < waiting.length && ids.size < mostRuns && points < mostPoints) {
    const { id, metrics } = waiting[ids.size]!.run;
    if (ids.has(id)) break;
    ids.add(id);
    points += metrics.reduce((sum, { steps }) => sum + steps.length, 0);
  }
  return waiting.splice(0, ids.size);
}

async function alone(db: Database, group: Group, each: Waiting): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      if (await transact(db, group, [each])) return;
      // Either the id is taken, or the project was not what it was known to be: then it is looked up anew.
      if (attempt > 1) return each.settle(null);
    } catch (error) {
      if (!passing.has((error as { code?: string }).code ?? '') || attempt === mostAttempts) return each.fail(error);
    }
    forgetKeys(db);
    group.projects.clear();
  }
}

/** false: one of them could not be inserted, and nothing was. */
async function transact(db: Database, group: Group, taken: readonly Waiting[]): Promise<boolean> {
  const prepared = await Promise.all(taken.map(async ({ run }) => prepareRun(db, await projectId(db, group, run.project), run)));
  const client = await db.$client.connect();
  let broken = false;
  try {
    return await pipelined(client, async () => {
      const [, { rows, fresh }] = await together(client, () => [client.query('begin'), insertExternalRuns(client, prepared)]);
      const whole = rows.size === taken.length;
      await client.query(whole ? 'commit' : 'rollback');
      if (!whole) return false;
      noteFresh(db, fresh);
      hint(db, 'runChanged', [...rows.keys()]);
      for (const { run, settle } of taken) settle(rows.get(run.id)!);
      return true;
    });
  } catch (error) {
    await client.query('rollback').catch(() => (broken = true));
    throw error;
  } finally {
    client.release(broken);
  }
}

async function projectId(db: Database, { projects }: Group, name: string): Promise<string> {
  const known = projects.get(name);
  if (known) return known;
  const { id } = await ensureProject(db, name);
  if (projects.size >= mostProjects) projects.clear();
  projects.set(name, id);
  return id;
}
