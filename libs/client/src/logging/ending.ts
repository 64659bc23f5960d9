import type { EndStatus } from './messages';

export interface Ending {
  status: EndStatus;
  error?: string;
}

/** What the ending of the process asks of logging. */
export interface EndingListener {
  /** The process ends now: finish what is open and see that it is sent or spooled. May block. */
  end(ending: Ending): void;
  /** It may end soon, without saying so again: see that everything is spooled. May block for a moment. */
  spool(): void;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Watches how this process ends, and changes nothing about it: exit codes, signals and other listeners stay as they were. */
export class ProcessEnding {
  #signal: NodeJS.Signals | undefined;
  #error: unknown;
  #watching = false;

  constructor(readonly listener: EndingListener) {}

  /** The error that nobody caught so far; it ends the process unless the script says otherwise. */
  get uncaught(): unknown {
    return this.#error;
  }

  start(): void {
    if (this.#watching) return;
    this.#watching = true;
    process.on('exit', this.#onExit);
    process.on('uncaughtExceptionMonitor', this.#onError);
    // First in line: others look at who else listens when they decide whether to end the process.
    for (const signal of signals) process.prependListener(signal, this.#onSignal);
  }

  stop(): void {
    if (!this.#watching) return;
    this.#watching = false;
    process.off('exit', this.#onExit);
    process.off('uncaughtExceptionMonitor', this.#onError);
    for (const signal of signals) process.off(signal, this.#onSignal);
  }

  readonly #onError = (error: unknown): void => {
    this.#error = error ?? new Error('thrown without a reason');
  };

  readonly #onSignal = (signal: NodeJS.Signals): void => {
    this.#signal = signal;
    process.off(signal, this.#onSignal);
    if (process.listenerCount(signal) > 0) {
      // The script, or a library of it, has its own way of ending.
      this.listener.spool();
      return;
    }
    this.listener.end({ status: 'CANCELLED', error: `The script was ended by ${signal}.` });
    process.kill(process.pid, signal);
  };

  readonly #onExit = (code: number): void => {
    if (code !== 0 && this.#error !== undefined) this.listener.end({ status: 'FAILED', error: describe(this.#error) });
    else if (this.#signal) this.listener.end({ status: 'CANCELLED', error: `The script was ended by ${this.#signal}.` });
    else if (code !== 0) this.listener.end({ status: 'FAILED', error: `The script ended with exit code ${code}.` });
    else this.listener.end({ status: 'FINISHED' });
  };
}

const longestError = 10_000;

export function describe(error: unknown): string {
  let text: string;
  try {
    text = error instanceof Error ? (error.stack ?? `${error.name}: ${error.message}`) : typeof error === 'string' ? error : JSON.stringify(error);
  } catch {
    text = 'an error that cannot be shown';
  }
  return (text ?? String(error)).slice(0, longestError);
}
