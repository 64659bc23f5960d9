import { setTimeout as sleep } from 'node:timers/promises';
import type { CheckpointRetention } from '@thaw/client';
import type { Checkpoint } from '@thaw/training';
import type { FromExecutor } from '../messages';
import { superseded } from '../superseded';
import { writeFiles } from './scratch';

/** A frozen backbone may have many epochs a second; sending each would cost more than training. */
const everyMs = 1_000;

/** Writes checkpoints for the daemon while training goes on. */
export class CheckpointWriter {
  #waiting: Checkpoint[] = [];
  #writing: Promise<void> | null = null;
  readonly #over = new AbortController();

  constructor(readonly scratchFolder: string, readonly keep: CheckpointRetention, readonly tell: (message: FromExecutor) => void) {}

  offer(checkpoint: Checkpoint): void {
    const gone = superseded(this.#waiting, checkpoint, this.keep);
    this.#waiting = [...this.#waiting.filter((each) => !gone.includes(each)), checkpoint];
    this.#writing ??= this.#write();
  }

  /** No more are coming. Resolves when the daemon has been told of all; of a run that ended, those that still wait are of no use. */
  async close({ ended }: { ended: boolean }): Promise<void> {
    if (ended) this.#waiting = [];
    this.#over.abort();
    await this.#writing;
  }

  async #write(): Promise<void> {
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      const { epoch, batch, best, files } = next;
      try {
        this.tell({ type: 'checkpoint', epoch, batch, best, keep: this.keep, files: await writeFiles(this.scratchFolder, files) });
      } catch (error) {
        // A full disk: the run goes on, and loses more if it is interrupted.
        console.warn(`The checkpoint of epoch ${epoch} is not kept: ${(error as Error).message}`);
      }
      if (this.keep !== 'ALL') await sleep(everyMs, undefined, { signal: this.#over.signal }).catch(() => {});
    }
    this.#writing = null;
  }
}
