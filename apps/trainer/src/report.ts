import { randomUUID } from 'node:crypto';
import { LogMetricsDocument, type Client, type LogMetricsInput, type UserError } from '@thaw/client';
import type { FoundLearningRate } from '@thaw/training';
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
    this.log(step, metrics);
  }

  log(step: number, metrics: Record<string, number>): void {
    const times = [Date.now() / 1000];
    this.#send(Object.entries(metrics).map(([key, value]) => ({ key, steps: [step], times, values: [wire(value)] })));
  }

  /** The range test's curve, by its own steps from 1, and what it came to, at the last of them. */
  learningRate({ rates, losses, suggestion }: FoundLearningRate): void {
    const steps = rates.map((_, index) => index + 1);
    const column = (key: string, given: number[], values: readonly number[]) => ({ key, steps: given, times: given.map(() => Date.now() / 1000), values: values.map(wire) });
    this.#send([
      column('lr_find/lr', steps, rates), column('lr_find/loss', steps, losses),
      ...(suggestion === null ? [] : [column('lr_find/suggestion', steps.slice(-1), [suggestion])]),
    ]);
  }

  #send(columns: LogMetricsInput['columns']): void {
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
