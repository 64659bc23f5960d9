export interface TimelineEntry {
  /** milliseconds since 1970 */
  at: number;
  what: string;
}

/** What was done and seen, in order: it is printed when a check fails, and kept beside the logs. */
export class Timeline {
  readonly #startedAt = Date.now();
  readonly entries: TimelineEntry[] = [];

  note(what: string, at = Date.now()): void {
    this.entries.push({ at, what });
    console.error(this.#line({ at, what }));
  }

  print(): string {
    return [...this.entries].sort((a, b) => a.at - b.at).map((entry) => this.#line(entry)).join('\n');
  }

  #line({ at, what }: TimelineEntry): string {
    return `${((at - this.#startedAt) / 1000).toFixed(1).padStart(7)} s  ${what}`;
  }
}
