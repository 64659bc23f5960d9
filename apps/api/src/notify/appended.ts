import { setTimeout as sleep } from 'node:timers/promises';
import type { Database, Topic } from '@thaw/db';
import type { Logger } from 'pino';
import { Feed, type Follower } from './feed';
import type { Notifier } from './notifier';

/** At most four events a second: no eye follows more. */
const paceMs = 250;
const retryMs = 1_000;

/** What a run got between two seqs. Within a run seqs rise in the order of commits, so that one number says what was seen. */
export interface Delta<Item> {
  from: number;
  to: number;
  items: Item[];
  /** It cannot be told piece by piece: the run is to be read anew. */
  reset: boolean;
}

export interface Source<Item extends { seq: number }> {
  topic: Topic;
  /** What came after the seq of each run, some of it when that is much: then more is true. */
  read(db: Database, since: ReadonlyMap<string, number>): Promise<{ byRun: Map<string, Omit<Delta<Item>, 'from'>>; more: boolean }>;
  /** The newest seq of each run that has one. */
  newest(db: Database, runIds: readonly string[]): Promise<Map<string, number>>;
  weigh(item: Item): number;
}

type Deltas<Item> = Map<string, Delta<Item>>;

export interface Following<Item> {
  /** What is new, by run, at most four times a second; null when it was left or the process ends. */
  next(): Promise<Deltas<Item> | null>;
  /** The seq told of each run: the cursor. */
  readonly seen: ReadonlyMap<string, number>;
  leave(): void;
}

/** Follows what is only ever appended to runs: metric chunks, log lines. */
export class AppendedFeed<Item extends { seq: number }> {
  /** What this process's subscribers follow, and how far the shared reads have come. */
  readonly #followed = new Map<string, { followers: number; seq: number }>();
  readonly #feed: Feed<Deltas<Item>>;

  constructor(
    private readonly source: Source<Item>,
    private readonly db: Database,
    notifier: Notifier,
    private readonly log: Logger,
    private readonly signal: AbortSignal,
  ) {
    this.#feed = new Feed<Deltas<Item>>(
      {
        topic: source.topic,
        paceMs,
        concerns: (id) => this.#followed.has(id),
        begin: () => Promise.resolve(),
        read: (ids) => this.#read(ids),
        weigh: (page) => [...page.values()].reduce((sum, { items }) => sum + items.reduce((own, item) => own + source.weigh(item), 1), 0),
      },
      notifier,
      log,
      signal,
    );
  }

  /** Subscriptions that are in place. */
  followers = 0;

  /** after: the seq seen of each run; a run it lacks has to be read anew. Without it: from now on. */
  async follow(runIds: readonly string[], after?: ReadonlyMap<string, number>): Promise<Following<Item>> {
    // Joined before the newest seqs are read: whatever those do not cover comes as a page.
    const follower = await this.#feed.join();
    try {
      const newest = await this.source.newest(this.db, runIds);
      // A seq from the future is from another database: one that was restored, say.
      const known = (id: string) => (after?.get(id) ?? Number.POSITIVE_INFINITY) <= (newest.get(id) ?? 0);
      const seen = new Map(runIds.map((id) => [id, known(id) ? after!.get(id)! : (newest.get(id) ?? 0)]));
      for (const id of runIds) {
        const shared = this.#followed.get(id);
        if (shared) shared.followers++;
        else this.#followed.set(id, { followers: 1, seq: newest.get(id) ?? 0 });
      }
      return this.#following(follower, seen, after ? runIds.filter((id) => !known(id)) : null);
    } catch (error) {
      follower.leave();
      throw error;
    }
  }

  async #read(ids: ReadonlySet<string> | null): Promise<{ page: Deltas<Item> | null; again: boolean }> {
    const since = new Map<string, number>();
    for (const id of ids ?? this.#followed.keys()) {
      const shared = this.#followed.get(id);
      if (shared) since.set(id, shared.seq);
    }
    if (since.size === 0) return { page: null, again: false };
    const { byRun, more } = await this.source.read(this.db, since);
    const page: Deltas<Item> = new Map();
    for (const [id, delta] of byRun) {
      page.set(id, { from: since.get(id)!, ...delta });
      const shared = this.#followed.get(id);
      if (shared) shared.seq = Math.max(shared.seq, delta.to);
    }
    return { page: page.size > 0 ? page : null, again: more };
  }

  /** unknown: runs that the cursor lacked; null: there was no cursor. */
  #following(follower: Follower<Deltas<Item>>, seen: Map<string, number>, unknown: readonly string[] | null): Following<Item> {
    this.followers++;
    let left = false;
    let toldAt = Number.NEGATIVE_INFINITY;
    /** Runs whose pages cannot be relied on: read on its own. */
    const behind = new Set<string>(unknown ? seen.keys() : []);
    let found: Deltas<Item> = new Map((unknown ?? []).map((id) => [id, { from: 0, to: seen.get(id)!, items: [], reset: true }]));

    const leave = () => {
      if (left) return;
      left = true;
      this.followers--;
      follower.leave();
      for (const id of seen.keys()) {
        const shared = this.#followed.get(id);
        if (shared && --shared.followers === 0) this.#followed.delete(id);
      }
    };

    const take = (page: Deltas<Item>) => {
      for (const id of page.size < seen.size ? page.keys() : seen.keys()) {
        const delta = page.get(id);
        const seq = seen.get(id);
        if (!delta || seq === undefined || delta.to <= seq) continue;
        if (delta.from > seq) behind.add(id);
        else {
          add(found, id, delta.from === seq || delta.reset ? delta : { ...delta, from: seq, items: delta.items.filter((item) => item.seq > seq) });
          seen.set(id, delta.to);
        }
      }
    };

    const catchUp = async () => {
      const since = new Map([...behind].map((id) => [id, seen.get(id)!]));
      const { byRun, more } = await this.source.read(this.db, since);
      if (!more) behind.clear();
      for (const [id, delta] of byRun) {
        add(found, id, { from: since.get(id)!, ...delta });
        seen.set(id, delta.to);
      }
    };

    const next = async (): Promise<Deltas<Item> | null> => {
      for (;;) {
        await this.#pause(toldAt + paceMs - performance.now());
        if (left || this.signal.aborted) return null;
        if (behind.size > 0) {
          try {
            await catchUp();
          } catch (error) {
            this.log.warn({ err: error, topic: this.source.topic }, 'what a subscriber missed could not be read; trying again');
            await this.#pause(retryMs);
            continue;
          }
        } else {
          const news = await follower.next();
          if (!news) return null;
          if (news.late) for (const id of seen.keys()) behind.add(id);
          news.pages.forEach(take);
        }
        if (left) return null;
        if (found.size === 0) continue;
        toldAt = performance.now();
        const told = found;
        found = new Map();
        return told;
      }
    };
    return { next, seen, leave };
  }

  async #pause(ms: number): Promise<void> {
    if (ms > 0) await sleep(ms, undefined, { signal: this.signal }).catch(() => {});
  }
}

function add<Item>(found: Deltas<Item>, id: string, delta: Delta<Item>): void {
  const before = found.get(id);
  if (!before) found.set(id, delta);
  else if (before.reset || delta.reset) found.set(id, { from: before.from, to: delta.to, items: [], reset: true });
  else found.set(id, { from: before.from, to: delta.to, items: [...before.items, ...delta.items], reset: false });
}
