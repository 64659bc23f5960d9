import { AppendLogDocument, type AppendLogInput, type Client, type UserError } from '@thaw/client';
import type { Claim } from '../claim';

type Line = AppendLogInput['lines'][number];
type Stream = NonNullable<Line['stream']>;

/** While the API is away, the end of what was printed is kept. */
const mostWaiting = { lines: 20_000, bytes: 8 * 2 ** 20 };
/** Of one call. */
const mostSent = { lines: 2_000, bytes: 2 ** 20 };
/** The API keeps a million lines of a claim; the last says that there were more. */
const lastLine = 999_999;
const everyMs = 300;

/** A claim's console output on its way to the API: numbered, in order, each line once. */
export class ConsoleLog {
  #waiting: Line[] = [];
  #waitingBytes = 0;
  #dropped = 0;
  #next = 0;
  #timer: NodeJS.Timeout | undefined;
  #sending: Promise<void> | null = null;
  #given = false;

  constructor(readonly client: Client, readonly claim: Claim, readonly onRefused: (errors: readonly UserError[]) => void) {}

  print(stream: Stream, text: string): void {
    if (this.#given) return;
    this.#waiting.push({ line: 0, stream, at: this.client.clock.now().toISOString(), text });
    this.#waitingBytes += text.length;
    while (this.#waiting.length > mostWaiting.lines || (this.#waitingBytes > mostWaiting.bytes && this.#waiting.length > 1)) {
      this.#waitingBytes -= this.#waiting.shift()!.text.length;
      this.#dropped++;
    }
    this.#timer ??= setTimeout(() => { this.#sending ??= this.#send(); }, everyMs);
  }

  /** Resolves when the API has everything that was printed, or wants nothing more. */
  async flush(): Promise<void> {
    while (this.#waiting.length > 0 || this.#sending) await (this.#sending ??= this.#send());
  }

  async #send(): Promise<void> {
    clearTimeout(this.#timer);
    const { runId, leaseToken } = this.claim;
    try {
      while (this.#waiting.length > 0 && !this.#given) {
        const lines = this.#take();
        const { appendLog } = await this.client.request(AppendLogDocument, { input: { runId, leaseToken, lines } }, { idempotent: true });
        if (appendLog.userErrors.length > 0) this.onRefused(appendLog.userErrors);
      }
    } catch {
      // The lease is lost, or the API takes no lines of this run: that must not end the run.
      this.#given = true;
      this.#waiting = [];
    } finally {
      this.#timer = undefined;
      this.#sending = null;
    }
  }

  /** Lines get their number when they are sent, so that none is missing where some were dropped. */
  #take(): Line[] {
    const taken: Line[] = [];
    const add = (line: Line) => {
      const isLast = this.#next === lastLine;
      taken.push({ ...line, line: this.#next++, ...(isLast ? { text: 'This is the last line that is kept of this claim.' } : {}) });
      this.#given = isLast;
    };
    if (this.#dropped > 0) {
      add({ line: 0, stream: 'STDERR', at: this.client.clock.now().toISOString(), text: `… ${this.#dropped} lines were dropped while the API was away` });
      this.#dropped = 0;
    }
    for (let bytes = 0; this.#waiting.length > 0 && taken.length < mostSent.lines && bytes < mostSent.bytes && !this.#given; ) {
      const line = this.#waiting.shift()!;
      bytes += line.text.length;
      this.#waitingBytes -= line.text.length;
      add(line);
    }
    return taken;
  }
}
