import { homedir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';

const address = (example: string) => z.url({ protocol: /^https?$/, error: `must be an http address such as ${example}` });

const atLeastOne = z.coerce.number({ error: 'must be a whole number from 1' }).int().min(1);

const schema = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number({ error: 'must be a port number' }).int().min(0).max(65535).default(4000),
  DATABASE_URL: z.url({
    protocol: /^postgres(ql)?$/,
    error: 'must be the address of a Postgres database such as postgres://user:password@127.0.0.1:5432/thaw (npm start sets it by itself)',
  }),
  THAW_HOME: z.string().min(1).default(() => path.join(homedir(), '.thaw')).transform((folder) => path.resolve(folder)),
  THAW_WEB_URL: address('http://127.0.0.1:4001').optional(),
  /** Where people open the dashboard: links in alerts lead there. Default: this server's own address. */
  THAW_PUBLIC_URL: address('https://thaw.example.org').optional(),
  /** refuse: webhooks may not lead to loopback or private addresses. */
  THAW_PRIVATE_WEBHOOKS: z.enum(['allow', 'refuse'], { error: 'must be allow or refuse' }).default('allow'),
  THAW_CATALOGUE_MIRROR: address('http://127.0.0.1:8080').optional(),
  /** WebSockets that are open at once. */
  THAW_MAX_CONNECTIONS: atLeastOne.default(2000),
  /** Operations under way on one WebSocket. */
  THAW_MAX_SUBSCRIPTIONS: atLeastOne.default(200),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

export type Env = z.output<typeof schema>;

/** Every problem at once; an empty variable counts as unset. */
export function parseEnv(variables: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path: [name], message }) => `  ${String(name)}: ${message}`);
  throw new InvalidEnv(`The environment of the API is not right:\n${problems.join('\n')}`);
}

export class InvalidEnv extends Error {}
