import { homedir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { StackFailure } from './failure';

const trainerCount = 'must be a whole number of trainers, from 1 to 64; THAW_TRAINER=off starts none';

const schema = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number({ error: 'must be a port number' }).int().min(0).max(65535).default(4000),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be the address of a Postgres, such as postgres://user:password@127.0.0.1:5432/thaw; unset, Thaw runs its own' }).optional(),
  THAW_HOME: z.string().default(() => path.join(homedir(), '.thaw')).transform((folder) => path.resolve(process.env.INIT_CWD ?? '.', folder)),
  THAW_TRAINER: z.enum(['on', 'off'], { error: 'must be on or off' }).default('on'),
  THAW_TRAINERS: z.coerce.number({ error: trainerCount }).int({ error: trainerCount }).min(1, { error: trainerCount }).max(64, { error: trainerCount }).default(1),
});

export type Env = z.output<typeof schema>;

/** Every problem at once; an empty variable counts as unset. */
export function parseEnv(variables: Record<string, string | undefined>): Env {
  const parsed = schema.safeParse(Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== '')));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path: [name], message }) => `  ${String(name)}: ${message}`);
  throw new StackFailure(`Thaw cannot start with this environment:\n${problems.join('\n')}`);
}
