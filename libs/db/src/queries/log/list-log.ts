import { sql } from 'drizzle-orm';
import type { Database } from '../../connect';
import type { LogLineRow } from '../../schema';

export interface LogPageKey {
  runId: string;
  /** Most lines. */
  first: number;
  /** From the end of the log backwards. */
  backwards: boolean;
  after: LogPosition | null;
  before: LogPosition | null;
  /** Lines with this text, whatever its case. */
  contains: string | null;
  stream: LogLineRow['stream'] | null;
}

export interface LogPosition {
  claim: number;
  line: number;
}

/** Behind every line. */
const end = 2 ** 31 - 1;

export interface LogPage {
  /** In the order they were printed. */
  lines: LogLineRow[];
  /** seq of the run's newest line when the page was read; 0 without lines. */
  newest: number;
}

/** Pages of the logs of several runs at once. */
export async function listLog(db: Database, keys: readonly LogPageKey[]): Promise<Map<LogPageKey, LogPage>> {
  const pages = new Map<LogPageKey, LogPage>(keys.map((key) => [key, { lines: [], newest: 0 }]));
  for (const backwards of [false, true]) {
    const asked = keys.filter((key) => key.backwards === backwards);
    if (asked.length === 0) continue;
    const column = (of: (key: LogPageKey) => unknown) => sql.param(asked.map(of));
    const order = backwards ? sql`log_line.claim desc, log_line.line desc` : sql`log_line.claim, log_line.line`;
    const { rows } = await db.execute<Row>(sql`/* listLog */
      select asked.number, page.*, (select newest.seq from log_line newest where newest.run_id = asked.run_id order by newest.seq desc limit 1) as newest
      from unnest(${column(({ runId }) => runId)}::uuid[], ${column(({ after }) => after?.claim ?? 0)}::integer[], ${column(({ after }) => after?.line ?? -1)}::integer[],
        ${column(({ first }) => first)}::integer[], ${column(({ contains }) => contains)}::text[],
        ${column(({ before }) => before?.claim ?? end)}::integer[], ${column(({ before }) => before?.line ?? end)}::integer[], ${column(({ stream }) => stream)}::log_stream[])
        with ordinality as asked(run_id, claim, line, first, contains, before_claim, before_line, stream, number)
      left join lateral (
        select log_line.* from log_line
        where log_line.run_id = asked.run_id and (log_line.claim, log_line.line) > (asked.claim, asked.line)
          and (log_line.claim, log_line.line) < (asked.before_claim, asked.before_line) and (asked.stream is null or log_line.stream = asked.stream)
          and (asked.contains is null or strpos(lower(log_line.text), lower(asked.contains)) > 0)
        order by ${order} limit asked.first
      ) page on true
      order by page.claim, page.line`);
    for (const { number, newest, ...row } of rows) {
      const page = pages.get(asked[Number(number) - 1]!)!;
      page.newest = Number(newest ?? 0);
      if (row.run_id !== null) page.lines.push(lineOf(row));
    }
  }
  return pages;
}

export interface StoredLine extends Record<string, unknown> {
  run_id: string;
  claim: number;
  line: number;
  stream: LogLineRow['stream'];
  at: Date | string;
  seq: string;
  text: string;
}

interface Row extends StoredLine {
  number: string;
  newest: string | null;
}

export const lineOf = ({ run_id: runId, claim, line, stream, at, seq, text }: StoredLine): LogLineRow => ({ runId, claim, line, stream, at: new Date(at), seq: Number(seq), text });
