import type { Command } from 'commander';
import { createClient, type Client } from '../client';
import { defaultUrl } from '../default-url';
import { ApiFault, ApiUnreachable, describeUserErrors, type UserError } from '../failures';

/** What one command works with. */
export interface Session {
  client: Client;
  /** Progress: on stderr with --json, where stdout holds the answer and nothing else. */
  say(line: string): void;
  /** Something the user should know that is not the answer: always on stderr. */
  warn(line: string): void;
}

/** What a command ends with: `answer` is printed with --json, `text` without. */
export interface Outcome {
  answer: unknown;
  text: string;
  /** Exit code 1 although there is an answer. */
  failed?: boolean;
  /** Why, on stderr. */
  complaint?: string;
}

/** Wraps a command: a client for it, its outcome on stdout, its failure on stderr and in the exit code. */
export function action<Arguments extends unknown[]>(execute: (session: Session, ...args: Arguments) => Promise<Outcome>) {
  return async (...args: unknown[]): Promise<void> => {
    const command = args.pop() as Command;
    const json = Boolean(command.optsWithGlobals().json);
    let client: Client | undefined;
    let outcome: Outcome;
    try {
      client = createClient({ url: apiUrl(), token: process.env.THAW_TOKEN });
      const warn = (line: string) => void process.stderr.write(`${line}\n`);
      const say = json ? warn : (line: string) => void process.stdout.write(`${line}\n`);
      outcome = await execute({ client, say, warn }, ...(args as Arguments));
    } catch (error) {
      outcome = broken(error);
    } finally {
      await client?.close();
    }
    const { answer, text, failed, complaint } = outcome;
    if (complaint) process.stderr.write(`${complaint}\n`);
    if (json) process.stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
    else if (text !== '') process.stdout.write(`${text}\n`);
    process.exitCode = failed ? 1 : 0;
  };
}

/** The API said no: its userErrors are the answer. */
export const refused = (userErrors: readonly UserError[], more: Record<string, unknown> = {}): Outcome => ({
  answer: { userErrors, ...more },
  text: '',
  failed: true,
  complaint: describeUserErrors(userErrors),
});

/** What this side found wrong before the API was asked, in the same shape. */
export const mistake = (...messages: string[]): Outcome => refused(messages.map((message) => ({ field: null, message, code: 'INVALID_ARGUMENT' })));

function apiUrl(): string {
  const url = process.env.THAW_URL || defaultUrl;
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url;
  throw new ApiFault(`THAW_URL is "${url}", which is no http:// or https:// address. An example: ${defaultUrl}.`, 'INVALID_URL');
}

function broken(error: unknown): Outcome {
  const expected = error instanceof ApiUnreachable || error instanceof ApiFault || typeof (error as NodeJS.ErrnoException).code === 'string';
  const { message, stack } = error as Error;
  const code = error instanceof ApiUnreachable ? 'API_UNREACHABLE' : String((error as ApiFault).code ?? 'BUG');
  return { answer: { error: { code, message } }, text: '', failed: true, complaint: expected ? message : stack };
}
