import type { CheckpointRetention } from '@thaw/client';
import type { Checkpoint } from '@thaw/training';
import type { FromExecutor } from '../messages';
import { writeFiles } from './scratch';

/** Writes checkpoints for the daemon while training goes on; of those that wait meanwhile only the newest counts. */
export class CheckpointWriter {
  #waiting: Checkpoint | null = null;
  #writing: Promise<void> | null = null;

  constructor(readonly scratchFolder: string, readonly keep: CheckpointRetention, readonly tell: (message: FromExecutor) => void) {}

  offer(checkpoint: Checkpoint): void {
    this.#waiting = checkpoint;
    this.#writing ??= this.#write();
  }

  /** Resolves when the daemon has been told of everything. */
  async written(): Promise<void> {
    await this.#writing;
  }

  async #write(): Promise<void> {
    try {
      while (this.#waiting) {
        const { epoch, batch, best, files } = this.#waiting;
        this.#waiting = null;
        try {
          this.tell({ type: 'checkpoint', epoch, batch, best, keep: this.keep, files: await writeFiles(this.scratchFolder, files) });
        } catch (error) {
          // A full disk: the run goes on, and loses more if it is interrupted.
          console.warn(`The checkpoint of epoch ${epoch} is not kept: ${(error as Error).message}`);
        }
      }
    } finally {
      this.#writing = null;
    }
  }
}
