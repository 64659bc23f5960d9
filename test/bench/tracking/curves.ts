/** Points as a training script logs them: losses in float32, times in whole milliseconds, about 20 steps a second. */
export class Curve {
  #step = 0;
  #ms: number;

  constructor(readonly key: string, startMs = Date.now() - 86_400_000) {
    this.#ms = startMs;
  }

  /** The next points as columns, each a base64 string of little-endian float64. */
  next(count: number): { key: string; steps: string; times: string; values: string } {
    const steps = new Float64Array(count);
    const times = new Float64Array(count);
    const values = new Float64Array(count);
    for (let index = 0; index < count; index++) {
      const step = ++this.#step;
      this.#ms += 45 + Math.floor(Math.random() * 10);
      steps[index] = step;
      times[index] = this.#ms / 1000;
      values[index] = Math.fround(2 * Math.exp(-step / 20_000) + 0.2 * Math.random());
    }
    return { key: this.key, steps: encode(steps), times: encode(times), values: encode(values) };
  }
}

const encode = ({ buffer }: Float64Array): string => Buffer.from(buffer as ArrayBuffer).toString('base64');
