import { randomUUID } from 'node:crypto';
import { LogMetricsDocument, type Client, type UserError } from '@thaw/client';
import type { Claim } from './claim';

/**
 * Sends each epoch's metrics in order, in the background: training goes on while the API is away, and nothing is
 * dropped. A batch keeps its id over every attempt, so the API takes it once.
 */
export class Report {
  #sending: Promise<void> = Promise.resolve();
  #failure: unknown;
  /** epochs reported so far */
  epochs = 0;

  constructor(readonly client: Client, readonly claim: Claim, readonly onRefused: (errors: readonly UserError[]) => void) {}

  epoch(step: number, metrics: Record<string, number>): void {
    this.epochs = step;
    const times = [Date.now() / 1000];
    const columns = Object.entries(metrics).map(([key, value]) => ({ key, steps: [step], times, values: [wire(value)] }));
    const input = { runId: this.claim.runId, leaseToken: this.claim.leaseToken, batchId: randomUUID(), columns };
    this.#sending = this.#sending.then(async () => {
      if (this.#failure) return;
      try {
        const { logMetrics } = await this.client.request(LogMetricsDocument, { input }, { idempotent: true });
        if (logMetrics.userErrors.length > 0) this.onRefused(logMetrics.userErrors);
      } catch (error) {
        this.#failure = error;
      }
    });
  }

  /** Resolves when the API has everything. */
  async flush(): Promise<void> {
    await this.#sending;
    if (this.#failure) throw this.#failure;
  }
}

/** JSON has no NaN and no Infinity. */
export const wire = (value: number) => (Number.isFinite(value) ? value : (String(value) as 'NaN' | 'Infinity' | '-Infinity'));
