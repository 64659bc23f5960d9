import { ProcessEnding, type Ending } from './ending';
import { Uplink } from './uplink';

/** A run as the end of the process sees it. */
export interface Unsettled {
  /** How long the process may wait for it at its end. */
  readonly patienceMs: number;
  /** No more than a message to the worker. */
  end(ending: Ending): void;
  /** The wait is over; the rest of it is in the spool. */
  giveUp(): void;
}

/** What all runs of this process share: one worker, one watch on how the process ends. */
class Session {
  #uplink: Uplink | undefined;
  readonly #unsettled = new Set<Unsettled>();
  readonly ending = new ProcessEnding({
    end: (ending) => this.#end(ending),
    spool: () => this.#uplink?.drain(0),
  });

  /** Started with the first run, and again should it ever have died. */
  get uplink(): Uplink {
    if (this.#uplink?.dead ?? true) this.#uplink = new Uplink();
    return this.#uplink!;
  }

  /** From its start until everything of it has arrived, a run is looked after when the process ends. */
  add(run: Unsettled): void {
    this.#unsettled.add(run);
    this.ending.start();
  }

  remove(run: Unsettled): void {
    this.#unsettled.delete(run);
    if (this.#unsettled.size === 0) this.ending.stop();
  }

  /** Ends the worker thread; for tests, as nothing needs it otherwise. */
  async close(): Promise<void> {
    this.#unsettled.clear();
    this.ending.stop();
    await this.#uplink?.close();
    this.#uplink = undefined;
  }

  #end(ending: Ending): void {
    const runs = [...this.#unsettled];
    if (runs.length === 0) return;
    for (const run of runs) run.end(ending);
    this.#uplink?.drain(Math.max(...runs.map(({ patienceMs }) => patienceMs)));
    for (const run of this.#unsettled) run.giveUp();
  }
}

export const session = new Session();
