import type { TableRunFragment } from '../../generated/graphql';

export const pageSize = 50;

export interface PageAnswer {
  rows: readonly TableRunFragment[];
  /** Only where it was asked to be counted. */
  total: number | null;
}

export type ReadPage = (offset: number, first: number, count: boolean) => Promise<PageAnswer>;

/**
 * The rows of one list that were looked at, by their place in it: pages are read when they come into sight, and stay.
 * They are kept here rather than in the cache of the GraphQL client, which would take thousands of rows apart.
 */
export class RunPages {
  total: number | null = null;
  error: Error | null = null;
  readonly #pages = new Map<number, readonly TableRunFragment[]>();
  readonly #reading = new Set<number>();
  #read: ReadPage;
  readonly #changed: () => void;
  #turn = 0;

  constructor(read: ReadPage, changed: () => void, seed?: PageAnswer) {
    this.#read = read;
    this.#changed = changed;
    if (!seed) return;
    this.total = seed.total;
    for (let at = 0; at < seed.rows.length; at += pageSize) this.#pages.set(at / pageSize, seed.rows.slice(at, at + pageSize));
  }

  at(index: number): TableRunFragment | undefined {
    return this.#pages.get(Math.floor(index / pageSize))?.[index % pageSize];
  }

  /** All that are held, in order. */
  held(): TableRunFragment[] {
    return [...this.#pages].sort(([a], [b]) => a - b).flatMap(([, rows]) => rows);
  }

  /** Those that are held between two places, both included. */
  between(from: number, to: number): TableRunFragment[] {
    return Array.from({ length: to - from + 1 }, (_, n) => this.at(from + n) ?? []).flat();
  }

  /** Reads what is missing between two places, both included. */
  ensure(from: number, to: number): void {
    const last = this.total === null ? to : Math.min(to, this.total - 1);
    for (let page = Math.floor(Math.max(0, from) / pageSize); page * pageSize <= last; page++) if (!this.#pages.has(page)) void this.#load(page);
    if (this.total === null && this.#reading.size === 0 && !this.#pages.has(0)) void this.#load(0);
  }

  /** Reads again what is in sight, with other columns or because runs came and went; what is shown stays until then. */
  async refresh(from: number, to: number, read: ReadPage = this.#read): Promise<void> {
    this.#read = read;
    this.#turn++;
    this.#reading.clear();
    const first = Math.floor(Math.max(0, from) / pageSize);
    const last = Math.max(first, Math.floor(to / pageSize));
    for (const page of [...this.#pages.keys()]) if (page < first || page > last) this.#pages.delete(page);
    await Promise.all(Array.from({ length: last - first + 1 }, (_, n) => this.#load(first + n, n === 0)));
  }

  /** Newer facts of runs that are held, where they stand. */
  patch(runs: readonly TableRunFragment[]): void {
    const byId = new Map(runs.map((run) => [run.id, run]));
    for (const [page, rows] of this.#pages) if (rows.some(({ id }) => byId.has(id))) this.#pages.set(page, rows.map((row) => byId.get(row.id) ?? row));
    this.#changed();
  }

  async #load(page: number, count = this.total === null): Promise<void> {
    if (this.#reading.has(page)) return;
    this.#reading.add(page);
    const turn = this.#turn;
    try {
      const { rows, total } = await this.#read(page * pageSize, pageSize, count);
      if (turn !== this.#turn) return;
      this.#pages.set(page, rows);
      this.total = total ?? this.total;
      this.error = null;
    } catch (error) {
      if (turn !== this.#turn) return;
      this.error = error as Error;
    }
    this.#reading.delete(page);
    this.#changed();
  }
}
