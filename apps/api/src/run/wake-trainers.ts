import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '@thaw/db';
import { findQueued } from '@thaw/db/queries/run/find-queued';
import type { Logger } from 'pino';
import { type Mailbox, openMailbox } from '../notify/mailbox';
import type { Notifier } from '../notify/notifier';

/** Time for those who were woken to claim: some 10 ms, and more on a busy machine, where waking more of them would make it busier. */
const waveMs = 40;
/** Subscribers woken for each run that waits, at first: one may be busy. */
const perRun = 2;
const growth = 4;

/**
 * Tells subscribers of runQueued in waves: a few for each run that waits, and more of them only while it still does.
 * Hundreds of idle trainers that all asked for the same run would delay the one that gets it.
 */
export class TrainerWaker {
  readonly #sleepers = new Set<Mailbox<string>>();
  /** Runs to be told of, and how many subscribers were told of each. */
  readonly #pending = new Map<string, number>();
  #busy = false;

  constructor(
    private readonly db: Database,
    notifier: Notifier,
    private readonly log: Logger,
    private readonly signal: AbortSignal,
  ) {
    // A hint without an id: trainers ask by themselves now and then.
    notifier.watch('runQueued', (id) => id !== null && this.#tell(id));
  }

  /** Subscriptions that are in place. */
  get followers(): number {
    return this.#sleepers.size;
  }

  /** Nobody is left to be told. */
  get idle(): boolean {
    return !this.#busy;
  }

  /** Ids of runs that wait. */
  subscribe(): AsyncGenerator<string, void, void> {
    const sleeper = openMailbox<string>(this.signal, () => this.#sleepers.delete(sleeper));
    this.#sleepers.add(sleeper);
    return sleeper.read;
  }

  #tell(id: string): void {
    if (this.#sleepers.size === 0) return;
    this.#pending.set(id, 0);
    if (!this.#busy) void this.#work();
  }

  async #work(): Promise<void> {
    this.#busy = true;
    try {
      // Notices of one transaction, and of a burst of them, come in one turn of the loop.
      await sleep(0);
      while (this.#pending.size > 0 && !this.signal.aborted) {
        this.#wave();
        await sleep(waveMs, undefined, { signal: this.signal }).catch(() => {});
        await this.#settle();
      }
    } catch (error) {
      this.#pending.clear();
      if (!this.signal.aborted) this.log.warn({ err: error }, 'trainers could not be told of every run that waits; they look by themselves from time to time');
    } finally {
      this.#busy = false;
    }
  }

  #wave(): void {
    const ids = [...this.#pending.keys()];
    const size = Math.min(this.#sleepers.size, Math.max(perRun * ids.length, (growth - 1) * Math.max(...this.#pending.values())));
    // In a circle: who was woken goes to the end.
    [...this.#sleepers].slice(0, size).forEach((sleeper, index) => {
      this.#sleepers.delete(sleeper);
      this.#sleepers.add(sleeper);
      sleeper.put(ids[index % ids.length]!);
    });
    for (const id of ids) this.#pending.set(id, this.#pending.get(id)! + size);
  }

  /** Who still waits after everybody was told has nobody who can take it now. */
  async #settle(): Promise<void> {
    for (const [id, told] of this.#pending) if (told >= this.#sleepers.size) this.#pending.delete(id);
    if (this.#pending.size === 0) return;
    const ids = [...this.#pending.keys()];
    const queued = await findQueued(this.db, ids);
    for (const id of ids) if (!queued.has(id)) this.#pending.delete(id);
  }
}
