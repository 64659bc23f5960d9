import type { LogSource } from './log-reader';
import type { Line, LogFilter } from './log-window';

interface Collecting {
  filter: LogFilter;
  signal: AbortSignal;
  onProgress?: (lines: number) => void;
}

/** Every line there is, page by page. */
export async function collectLog(source: LogSource, { filter, signal, onProgress }: Collecting): Promise<Line[]> {
  const lines: Line[] = [];
  for (let after: string | undefined, more = true; more; ) {
    const page = await source.page({ first: 1000, after, filter });
    signal.throwIfAborted();
    for (const line of page.nodes) lines.push(line);
    after = lines.at(-1)?.cursor;
    more = page.hasNextPage;
    onProgress?.(lines.length);
  }
  return lines;
}
