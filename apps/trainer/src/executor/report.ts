import type { LogMetricsInput } from '@thaw/client';
import type { EpochTimes, FoundLearningRate } from '@thaw/training';

type Columns = LogMetricsInput['columns'];

/** A run's metrics as columns, stamped when they came to be. */
export class Report {
  /** epochs reported so far */
  epochs = 0;

  constructor(readonly send: (columns: Columns) => void) {}

  /** Adds where the time went, and answers all of it. */
  epoch(step: number, given: Record<string, number>, times: EpochTimes | undefined): Record<string, number> {
    const metrics = { ...given, ...(times ? timeMetrics(times) : {}) };
    this.epochs = step;
    this.log(step, metrics);
    return metrics;
  }

  log(step: number, metrics: Record<string, number>): void {
    const times = [Date.now() / 1000];
    this.send(Object.entries(metrics).map(([key, value]) => ({ key, steps: [step], times, values: [wire(value)] })));
  }

  /** The range test's curve, by its own steps from 1, and what it came to, at the last of them. */
  learningRate({ rates, losses, suggestion }: FoundLearningRate): void {
    const steps = rates.map((_, index) => index + 1);
    const column = (key: string, given: number[], values: readonly number[]) => ({ key, steps: given, times: given.map(() => Date.now() / 1000), values: values.map(wire) });
    this.send([
      column('lr_find/lr', steps, rates), column('lr_find/loss', steps, losses),
      ...(suggestion === null ? [] : [column('lr_find/suggestion', steps.slice(-1), [suggestion])]),
    ]);
  }
}

/** Seconds, and pictures a second of training alone. */
function timeMetrics({ pictures, dataMs, stepMs, evaluationMs }: EpochTimes): Record<string, number> {
  const trainedMs = dataMs + stepMs;
  return {
    ...(trainedMs > 0 ? { throughput: (1000 * pictures) / trainedMs } : {}),
    'time/data': dataMs / 1000, 'time/step': stepMs / 1000, 'time/evaluation': evaluationMs / 1000,
  };
}

/** JSON has no NaN and no Infinity. */
export const wire = (value: number) => (Number.isFinite(value) ? value : (String(value) as 'NaN' | 'Infinity' | '-Infinity'));
