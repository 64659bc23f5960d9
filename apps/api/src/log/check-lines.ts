import { userError, type UserError } from '../errors';
import type { AppendLogInput, LogLineInput } from './log.input';
import type { LogStream } from './log.type';

/** Of one call. */
const mostLines = 10_000;
/** Of one claim: console output is for people, and they read the end of it. */
const mostOfClaim = 1_000_000;
const mostBytes = 64 * 1024;
/** What is told of a call that is wrong all over. */
const mostProblems = 100;

export interface CheckedLine {
  line: number;
  stream: LogStream;
  at: Date;
  text: string;
}

/** Every problem at once, or the lines as they are stored. */
export function checkLines({ lines }: Pick<AppendLogInput, 'lines'>): { lines: CheckedLine[]; problems: UserError[] } {
  if (lines.length > mostLines) {
    return { lines: [], problems: [userError('lines', 'BATCH_TOO_LARGE', `There are ${lines.length} lines; at most ${mostLines} are taken at once. Send them in several calls.`)] };
  }
  const now = new Date();
  const problems: UserError[] = [];
  lines.forEach(({ line }, index) => {
    const field = `lines.${index}.line`;
    if (problems.length >= mostProblems) return;
    if (line < 0) problems.push(userError(field, 'INVALID_LINE', `line is ${line}. Lines are counted from 0.`));
    if (line >= mostOfClaim) problems.push(userError(field, 'LOG_FULL', `line is ${line}; a log keeps ${mostOfClaim.toLocaleString('en')} lines, 0 to ${mostOfClaim - 1}. Print less, or keep the whole output as a file with logArtifact.`));
  });
  return { lines: lines.map((each) => storedLine(each, now)), problems };
}

const storedLine = ({ line, stream, at, text }: LogLineInput, now: Date): CheckedLine => ({ line, stream: stream ?? 'STDOUT', at: at ?? now, text: cut(printable(text)) });

/** Postgres has no NUL in its texts; a line break belongs to no line. */
const printable = (text: string) => text.replace(/\r?\n$/, '').replaceAll('\0', '\uFFFD');

function cut(text: string): string {
  const bytes = Buffer.byteLength(text);
  if (bytes <= mostBytes) return text;
  const mark = ` … [cut: the line has ${bytes} bytes, ${mostBytes} are kept]`;
  // A character that the cut falls into is left out.
  const kept = new TextDecoder().decode(Buffer.from(text).subarray(0, mostBytes - Buffer.byteLength(mark)), { stream: true });
  return kept + mark;
}
