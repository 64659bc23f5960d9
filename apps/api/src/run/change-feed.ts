import { setTimeout as sleep } from 'node:timers/promises';
import type { Database, RunRow } from '@thaw/db';
import { type ChangeFilter, type ChangePosition, readChanges, readSnapshot, type Snapshot } from '@thaw/db/queries/run/read-changes';
import type { Logger } from 'pino';
import { Feed, type Follower } from '../notify/feed';
import type { Notifier } from '../notify/notifier';
import { ChangeCursor, reached } from './change-cursor';
import { projectNames } from './project-names';

const paceMs = 100;
const retryMs = 1_000;
/** Runs read at once; more than these are not kept for a subscriber that is slow. */
const pageSize = 250;
/** In units of the feed's memory: what a run with its config takes. */
const weightOfRun = 50;

interface Page {
  runs: RunRow[];
  /** Where one stands who was told all pages up to this. */
  position: ChangePosition;
}

export interface ChangedRun extends RunRow {
  changeCursor: string;
}

export interface FollowedChanges {
  /** The next run that changed, as it is now; null when it was left or the process ends. */
  next(): Promise<ChangedRun | null>;
  leave(): void;
}

/** Changes of runs, read once for all subscribers of this process. */
export class ChangeFeed {
  /** Subscriptions that are in place. */
  followers = 0;
  #cursor!: ChangeCursor;
  readonly #feed: Feed<Page>;
  readonly #nameOf: (runs: readonly RunRow[]) => Promise<(run: RunRow) => string | undefined>;

  constructor(
    private readonly db: Database,
    notifier: Notifier,
    private readonly log: Logger,
    private readonly signal: AbortSignal,
  ) {
    this.#nameOf = projectNames(db);
    this.#feed = new Feed<Page>(
      {
        topic: 'runChanged',
        paceMs,
        concerns: () => true,
        begin: async () => void (this.#cursor = await ChangeCursor.now(db)),
        read: () => this.#read(),
        weigh: ({ runs }) => runs.length * weightOfRun,
      },
      notifier,
      log,
      signal,
    );
  }

  /** after: a sealed cursor; without it: from now on. */
  async follow(filter: ChangeFilter, after?: string | null): Promise<FollowedChanges> {
    const follower = await this.#feed.join();
    try {
      const cursor = after ? ChangeCursor.open(after, await readSnapshot(this.db)) : await ChangeCursor.now(this.db);
      return this.#following(follower, filter, cursor, Boolean(after));
    } catch (error) {
      follower.leave();
      throw error;
    }
  }

  async #read(): Promise<{ page: Page | null; again: boolean }> {
    const { runs, position, isFull } = await this.#readAfter(this.#cursor);
    runs.forEach((run) => this.#cursor.tell(run));
    this.#cursor.advance(position);
    return { page: runs.length > 0 ? { runs, position: this.#cursor.position } : null, again: isFull };
  }

  /** The snapshot is taken first: what it calls over, the read sees. */
  async #readAfter(cursor: ChangeCursor, filter?: ChangeFilter): Promise<Page & { isFull: boolean }> {
    const snapshot: Snapshot = await readSnapshot(this.db);
    const runs = await readChanges(this.db, cursor, snapshot, pageSize, filter);
    const isFull = runs.length === pageSize;
    return { runs, position: reached(runs, snapshot, isFull), isFull };
  }

  #following(follower: Follower<Page>, filter: ChangeFilter, cursor: ChangeCursor, isBehind: boolean): FollowedChanges {
    this.followers++;
    let left = false;
    let behind = isBehind;
    /** Of one read; the position moves on when all of them are told. */
    let waiting: RunRow[] = [];
    let position: ChangePosition | null = null;

    const refill = async () => {
      if (behind) {
        const read = await this.#readAfter(cursor, filter);
        behind = read.isFull;
        [waiting, position] = [read.runs, read.position];
        return true;
      }
      const news = await follower.next();
      if (!news) return false;
      const runs = news.pages.flatMap((page) => page.runs);
      if (news.late || runs.length > pageSize) {
        behind = true;
        return true;
      }
      const nameOf = filter.project ? await this.#nameOf(runs) : null;
      const latest = new Map(runs.filter((run) => (!filter.id || run.id === filter.id) && (!nameOf || nameOf(run) === filter.project)).map((run) => [run.id, run]));
      waiting = [...latest.values()].filter((run) => !cursor.knows(run));
      // Told beyond the position in another state: only the row itself says which of the two is the later one.
      if (waiting.some(({ id }) => cursor.told.has(id))) {
        behind = true;
        waiting = [];
        return true;
      }
      position = news.pages.at(-1)!.position;
      return true;
    };

    const next = async (): Promise<ChangedRun | null> => {
      while (!left && !this.signal.aborted) {
        const run = waiting.shift();
        if (run) cursor.tell(run);
        if (waiting.length === 0 && position) {
          cursor.advance(position);
          position = null;
        }
        if (run) return { ...run, changeCursor: cursor.seal() };
        try {
          if (!(await refill())) return null;
        } catch (error) {
          behind = true;
          this.log.warn({ err: error }, 'changes of runs could not be read for a subscriber; trying again');
          await sleep(retryMs, undefined, { signal: this.signal }).catch(() => {});
        }
      }
      return null;
    };

    const leave = () => {
      if (left) return;
      left = true;
      this.followers--;
      follower.leave();
    };
    return { next, leave };
  }
}
