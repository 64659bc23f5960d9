/** Milliseconds that are looked back: long enough to be calm, short enough to notice a slower line. */
const span = 8000;

/** Bytes a second of late, by the sums that it is told. */
export class Rate {
  #seen: { at: number; bytes: number }[] = [];

  add(bytes: number, at: number): void {
    const last = this.#seen.at(-1);
    if (last && at - last.at < 100) last.bytes = bytes;
    else this.#seen.push({ at, bytes });
    while (this.#seen.length > 2 && at - this.#seen[1]!.at > span) this.#seen.shift();
  }

  /** null until there is something to go by */
  perSecond(): number | null {
    const [first, last] = [this.#seen[0], this.#seen.at(-1)];
    if (!first || !last || last.at - first.at < 500) return null;
    return (1000 * (last.bytes - first.bytes)) / (last.at - first.at);
  }

  /** After a break: what was then says nothing about now. */
  restart(): void {
    this.#seen = [];
  }
}
