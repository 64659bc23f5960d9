import { appendLines, emptyWindow, mergeLines, passes, type Line, type LogFilter, type LogWindow } from './log-window';

export interface PageWanted {
  first: number;
  after?: string;
  before?: string;
  fromEnd?: boolean;
  filter: LogFilter;
}

export interface LogPage {
  nodes: readonly Line[];
  hasNextPage: boolean;
  followCursor: string;
}

export interface LogEvent {
  cursor: string;
  lines: readonly Line[];
  reset: boolean;
}

/** Where a log comes from. */
export interface LogSource {
  page(wanted: PageWanted): Promise<LogPage>;
  /** From the cursor on, also over lost connections; the answer ends it. */
  follow(after: string, next: (event: LogEvent) => void): () => void;
}

export interface LogState {
  window: LogWindow;
  filter: LogFilter;
  /** what is being read: everything anew, or what comes before or after the window */
  reading: 'anew' | 'before' | 'after' | null;
  loaded: boolean;
  error: Error | null;
  /** lines printed since the window left the end of the log */
  missed: number;
}

/** The first read is small: most people look at the end only. */
const sizes = { end: 300, more: 1000, around: 300 };

/** Holds one window of a log of any length, and keeps its end up to date while somebody prints to it. */
export class LogReader {
  state: LogState = { window: emptyWindow, filter: { stream: null, contains: '' }, reading: null, loaded: false, error: null, missed: 0 };
  readonly #source: LogSource;
  readonly #watchers = new Set<() => void>();
  readonly #listeners = new Set<(lines: readonly Line[]) => void>();
  #live = false;
  #stop: (() => void) | null = null;
  /** Lines that came while a page was being read: they may or may not be in it. */
  #arrived: Line[] = [];
  /** Answers to what was asked before this number are of no use any more. */
  #asked = 0;

  constructor(source: LogSource) {
    this.#source = source;
  }

  readonly watch = (watcher: () => void) => {
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  };

  /** Every line that is printed from now on, whether it is in the window or not. */
  readonly onPrinted = (listener: (lines: readonly Line[]) => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  readonly snapshot = () => this.state;

  /** live: more may be printed. Whoever follows already goes on, for what was printed last may still be on its way. */
  setLive(live: boolean): void {
    this.#live = live;
    if (live && !this.#stop && this.state.loaded && this.state.window.reachesEnd) void this.readAfter();
  }

  setFilter(filter: LogFilter): void {
    this.#set({ filter });
    void this.showEnd();
  }

  showEnd(): Promise<void> {
    return this.#replace(async (filter) => {
      const page = await this.#source.page({ first: sizes.end, fromEnd: true, filter });
      return { page, window: { lines: page.nodes, reachesStart: page.nodes.length < sizes.end, reachesEnd: true } };
    });
  }

  showStart(): Promise<void> {
    return this.#replace(async (filter) => {
      const page = await this.#source.page({ first: sizes.more, filter });
      return { page, window: { lines: page.nodes, reachesStart: true, reachesEnd: !page.hasNextPage } };
    });
  }

  /** A line that was found far from the window, with what was printed around it. */
  showAround(line: Line): Promise<void> {
    return this.#replace(async (filter) => {
      const [before, page] = await Promise.all([
        this.#source.page({ first: sizes.around, before: line.cursor, filter }),
        this.#source.page({ first: sizes.around, after: line.cursor, filter }),
      ]);
      const lines = [...before.nodes, ...(passes(filter, line) ? [line] : []), ...page.nodes];
      return { page, window: { lines, reachesStart: before.nodes.length < sizes.around, reachesEnd: !page.hasNextPage } };
    });
  }

  async readBefore(): Promise<void> {
    const { window, filter, reading } = this.state;
    const first = window.lines[0];
    if (reading || window.reachesStart || !first) return;
    await this.#read('before', async () => {
      const page = await this.#source.page({ first: sizes.more, before: first.cursor, filter });
      return { page, into: (held) => ({ ...held, lines: mergeLines(held.lines, page.nodes), reachesStart: page.nodes.length < sizes.more }) };
    });
  }

  async readAfter(): Promise<void> {
    const { window, filter, reading } = this.state;
    if (reading) return;
    const after = window.lines.at(-1)?.cursor;
    await this.#read('after', async () => {
      const page = await this.#source.page({ first: sizes.more, after, filter });
      return { page, into: (held) => ({ ...held, lines: mergeLines(held.lines, page.nodes), reachesEnd: !page.hasNextPage }) };
    });
  }

  dispose(): void {
    this.#asked++;
    this.#unfollow();
  }

  #replace(read: (filter: LogFilter) => Promise<{ page: LogPage; window: LogWindow }>): Promise<void> {
    return this.#read('anew', async () => {
      const { page, window } = await read(this.state.filter);
      return { page, into: () => window };
    });
  }

  async #read(reading: NonNullable<LogState['reading']>, read: () => Promise<{ page: LogPage; into: (held: LogWindow) => LogWindow }>): Promise<void> {
    const asked = ++this.#asked;
    this.#arrived = [];
    this.#set({ reading });
    try {
      const { page, into } = await read();
      if (asked !== this.#asked) return;
      const window = into(this.state.window);
      const whole = window.reachesEnd ? appendLines(window, this.#arrived, this.state.filter) : window;
      this.#set({ window: whole, reading: null, loaded: true, error: null, ...(window.reachesEnd && { missed: 0 }) });
      if (this.#live && !this.#stop) this.#follow(page.followCursor);
    } catch (error) {
      if (asked === this.#asked) this.#set({ reading: null, loaded: true, error: error as Error });
    }
  }

  #follow(after: string): void {
    this.#stop = this.#source.follow(after, ({ lines, reset }) => {
      if (reset) {
        this.#unfollow();
        void this.showEnd();
        return;
      }
      if (this.state.reading) this.#arrived.push(...lines);
      for (const listener of this.#listeners) listener(lines);
      const { window, filter, missed } = this.state;
      if (window.reachesEnd) this.#set({ window: appendLines(window, lines, filter) });
      else this.#set({ missed: missed + lines.filter((line) => passes(filter, line)).length });
    });
  }

  #unfollow(): void {
    this.#stop?.();
    this.#stop = null;
  }

  #set(part: Partial<LogState>): void {
    this.state = { ...this.state, ...part };
    for (const watcher of this.#watchers) watcher();
  }
}
