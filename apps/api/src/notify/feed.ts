import { setTimeout as sleep } from 'node:timers/promises';
import type { Topic } from '@thaw/db';
import type { Logger } from 'pino';
import type { Notifier } from './notifier';

/** Milliseconds between two looks without a notice: notices can be lost, rows cannot. */
const slowPollMs = 3_000;
const retryMs = 500;
/** Pages kept for followers that are a little late; who is later than that reads the database on its own. */
const mostPages = 40;
const mostWeight = 500_000;

export interface FeedOptions<Page> {
  topic: Topic;
  /** Milliseconds between two reads. */
  paceMs: number;
  /** Whether the row of this id may concern a follower. */
  concerns(id: string): boolean;
  /** Before the first follower's page, after a time without followers. */
  begin(): Promise<void>;
  /** What came since the last read, shared by all followers; ids: where notices point, null: anywhere. again: more waits. */
  read(ids: ReadonlySet<string> | null): Promise<{ page: Page | null; again: boolean }>;
  /** In points or lines, so that the memory of kept pages is bounded. */
  weigh(page: Page): number;
}

export interface Follower<Page> {
  /** The pages since the last call, waiting for the first; late: some are no longer kept; null: it left. */
  next(): Promise<{ pages: Page[]; late: boolean } | null>;
  leave(): void;
}

/**
 * Reads once what many subscribers of this process follow. It looks when a notice comes and, as the truth behind
 * notices, from time to time; while nobody follows it does nothing. A follower is a position among the pages: one that does not
 * read costs no memory.
 */
export class Feed<Page> {
  readonly #followers = new Set<() => void>();
  #pages: { page: Page; weight: number }[] = [];
  #weight = 0;
  /** Number of the page after the last. */
  #end = 0;
  #dirty: Set<string> | null = null;
  #begun: Promise<void> | null = null;
  #wakeReader = () => {};

  constructor(
    private readonly options: FeedOptions<Page>,
    private readonly notifier: Notifier,
    private readonly log: Logger,
    private readonly signal: AbortSignal,
  ) {
    signal.addEventListener('abort', () => this.#wakeAll());
  }

  get followers(): number {
    return this.#followers.size;
  }

  /** Pages from now on: whatever is committed after this resolves, and perhaps some from before. */
  async join(): Promise<Follower<Page>> {
    let wake = () => {};
    let left = false;
    const onPage = () => wake();
    this.#followers.add(onPage);
    const leave = () => {
      left = true;
      this.#followers.delete(onPage);
      wake();
      if (this.#followers.size === 0) this.#wakeReader();
    };
    try {
      await (this.#begun ??= this.#begin());
    } catch (error) {
      leave();
      throw error;
    }
    let position = this.#end;
    return {
      leave,
      next: async () => {
        while (!left && !this.signal.aborted) {
          const first = this.#end - this.#pages.length;
          if (position < this.#end) {
            const late = position < first;
            const pages = late ? [] : this.#pages.slice(position - first).map(({ page }) => page);
            position = this.#end;
            return { pages, late };
          }
          await new Promise<void>((resolve) => (wake = resolve));
        }
        return null;
      },
    };
  }

  async #begin(): Promise<void> {
    try {
      await this.options.begin();
    } catch (error) {
      this.#begun = null;
      throw error;
    }
    void this.#run();
  }

  async #run(): Promise<void> {
    const unwatch = this.notifier.watch(this.options.topic, (hint) => {
      if (hint === null) this.#dirty = null;
      else if (this.options.concerns(hint)) this.#dirty?.add(hint);
      else return;
      this.#wakeReader();
    });
    // What came between begin and watch.
    this.#dirty = null;
    while (this.#followers.size > 0 && !this.signal.aborted) {
      const started = performance.now();
      await this.#look();
      await this.#sleep(started + this.options.paceMs - performance.now());
      await this.#notice();
    }
    // Nothing waits between the check and here: who joins from now on begins anew.
    unwatch();
    this.#pages = [];
    this.#weight = 0;
    this.#begun = null;
  }

  async #sleep(ms: number): Promise<void> {
    if (ms > 0) await sleep(ms, undefined, { signal: this.signal }).catch(() => {});
  }

  async #look(): Promise<void> {
    const ids = this.#dirty;
    this.#dirty = new Set();
    try {
      const { page, again } = await this.options.read(ids);
      if (again) this.#dirty = null;
      if (page === null) return;
      const weight = this.options.weigh(page);
      this.#pages.push({ page, weight });
      this.#weight += weight;
      while (this.#pages.length > mostPages || (this.#weight > mostWeight && this.#pages.length > 1)) this.#weight -= this.#pages.shift()!.weight;
      this.#end++;
      this.#wakeAll();
    } catch (error) {
      this.log.warn({ err: error, topic: this.options.topic }, 'what subscribers follow could not be read; trying again');
      this.#dirty = null;
      await this.#sleep(retryMs);
    }
  }

  /** Until a notice comes, the slow poll is due, or nobody follows any more. */
  async #notice(): Promise<void> {
    if (this.#dirty?.size !== 0 || this.#followers.size === 0 || this.signal.aborted) return;
    let timer: NodeJS.Timeout | undefined;
    const noticed = await new Promise<boolean>((resolve) => {
      this.#wakeReader = () => resolve(true);
      timer = setTimeout(() => resolve(false), slowPollMs);
    });
    clearTimeout(timer);
    if (!noticed) this.#dirty = null;
  }

  #wakeAll(): void {
    this.#wakeReader();
    for (const wake of this.#followers) wake();
  }
}
