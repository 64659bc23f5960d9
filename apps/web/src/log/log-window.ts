import type { LoggedLineFragment } from '../generated/graphql';

export type Line = LoggedLineFragment;

/** A stretch of the log without gaps, as far as the filter lets lines through. */
export interface LogWindow {
  /** In the order they were printed. */
  lines: readonly Line[];
  /** Whether nothing was printed before the first of them. */
  reachesStart: boolean;
  /** Whether what is printed next belongs behind the last of them. */
  reachesEnd: boolean;
}

export interface LogFilter {
  stream: Line['stream'] | null;
  /** whatever its case; '' lets every line through */
  contains: string;
}

export const emptyWindow: LogWindow = { lines: [], reachesStart: false, reachesEnd: false };

/** Every line has one place, however often and in whatever order it arrives. */
export const compareLines = (a: Pick<Line, 'claim' | 'line'>, b: Pick<Line, 'claim' | 'line'>): number => a.claim - b.claim || a.line - b.line;

export const lineKey = ({ claim, line }: Pick<Line, 'claim' | 'line'>): string => `${claim}:${line}`;

export const passes = ({ stream, contains }: LogFilter, line: Line): boolean =>
  (stream === null || line.stream === stream) && (contains === '' || line.text.toLowerCase().includes(contains.toLowerCase()));

/** Lines that continue one another are joined; others are put where they belong, each once. */
export function mergeLines(held: readonly Line[], arrived: readonly Line[]): readonly Line[] {
  if (arrived.length === 0) return held;
  if (ascending(arrived)) {
    if (held.length === 0 || compareLines(held.at(-1)!, arrived[0]!) < 0) return held.concat(arrived);
    if (compareLines(arrived.at(-1)!, held[0]!) < 0) return arrived.concat(held);
  }
  const byKey = new Map([...held, ...arrived].map((line) => [lineKey(line), line]));
  return byKey.size === held.length ? held : [...byKey.values()].sort(compareLines);
}

const ascending = (lines: readonly Line[]) => lines.every((line, index) => index === 0 || compareLines(lines[index - 1]!, line) < 0);

/** Lines that have just been printed, where the window ends with the log. What lies before its first line is read when somebody scrolls there. */
export function appendLines(window: LogWindow, arrived: readonly Line[], filter: LogFilter): LogWindow {
  const first = window.lines[0];
  const fitting = arrived.filter((line) => passes(filter, line) && (window.reachesStart || first === undefined || compareLines(line, first) > 0));
  const lines = mergeLines(window.lines, fitting);
  return lines === window.lines ? window : trimmed({ ...window, lines });
}

/** What one page of a browser keeps at ease. */
const most = 200_000;
const trimTo = 150_000;

/** Lets go of the oldest lines of a log that grows without end; they are read again when somebody scrolls there. */
const trimmed = (window: LogWindow): LogWindow => (window.lines.length <= most ? window : { ...window, lines: window.lines.slice(-trimTo), reachesStart: false });
