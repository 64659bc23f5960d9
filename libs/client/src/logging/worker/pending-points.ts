interface Column {
  steps: number[];
  times: number[];
  values: number[];
}

/** A column as it travels: base64 of little-endian float64, which is exact and keeps NaN and ±Infinity. */
export interface SentColumns {
  key: string;
  steps: string;
  times: string;
  values: string;
}

/** Points of one run that are not in the spool yet. */
export class PendingPoints {
  #columns = new Map<string, Column>();
  count = 0;

  add(key: string, step: number, time: number, value: number): void {
    let column = this.#columns.get(key);
    if (!column) this.#columns.set(key, (column = { steps: [], times: [], values: [] }));
    column.steps.push(step);
    column.times.push(time);
    column.values.push(value);
    this.count += 1;
  }

  get keys(): number {
    return this.#columns.size;
  }

  take(): SentColumns[] {
    const taken = [...this.#columns].map(([key, { steps, times, values }]) => ({ key, steps: base64(steps), times: base64(times), values: base64(values) }));
    this.#columns = new Map();
    this.count = 0;
    return taken;
  }
}

function base64(numbers: readonly number[]): string {
  const bytes = Buffer.allocUnsafe(numbers.length * 8);
  for (let index = 0; index < numbers.length; index++) bytes.writeDoubleLE(numbers[index]!, index * 8);
  return bytes.toString('base64');
}
