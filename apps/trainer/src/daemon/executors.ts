import { ExecutorProcess, type ExecutorOptions } from './executor-process';

/** The executors of this daemon that have no run: kept warm, replaced when they are not fit any more. */
export class Executors {
  #idle: ExecutorProcess[] = [];
  readonly #all = new Set<ExecutorProcess>();

  constructor(readonly options: ExecutorOptions) {}

  /** One that can take a run at once, started if there is none. */
  async ready(): Promise<ExecutorProcess> {
    this.#idle = this.#idle.filter((executor) => executor.fit);
    if (!this.#idle[0]) {
      const started = await ExecutorProcess.start(this.options);
      this.#all.add(started);
      this.#idle.push(started);
    }
    return this.#idle[0]!;
  }

  take(executor: ExecutorProcess): void {
    this.#idle = this.#idle.filter((each) => each !== executor);
  }

  async giveBack(executor: ExecutorProcess): Promise<void> {
    if (executor.fit) return void this.#idle.push(executor);
    this.#all.delete(executor);
    await executor.close();
  }

  kill(): void {
    for (const executor of this.#all) executor.kill();
  }

  async close(): Promise<void> {
    await Promise.all([...this.#all].map((executor) => executor.close()));
    this.#all.clear();
  }
}
