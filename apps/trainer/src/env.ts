import { homedir } from 'node:os';
import path from 'node:path';
import { isLabel } from '@thaw/run-states';
import { z } from 'zod';

export const backendNames = ['tfjs-node-gpu', 'tfjs-node', 'wasm', 'cpu'] as const;
export type BackendName = (typeof backendNames)[number];

const wholeNumber = (what: string, from: number, to: number) => {
  const error = `must be a whole number from ${from} to ${to}: the number of ${what}`;
  return z.coerce.number({ error }).int({ error }).min(from, { error }).max(to, { error });
};

const byteCount = (zero: string) => {
  const error = `must be a whole number of bytes, such as 10000000000; 0 ${zero}`;
  return z.coerce.number({ error }).int({ error }).min(0, { error });
};

const environment = z.object({
  THAW_URL: z.url({ protocol: /^https?$/, error: 'must be the http:// or https:// address of the API, such as http://127.0.0.1:4000' }).default('http://127.0.0.1:4000'),
  THAW_TOKEN: z.string().optional(),
  THAW_TRAINER_NAME: z.string().max(200, { error: 'must have at most 200 characters' }).optional(),
  THAW_TRAINER_RUNS: wholeNumber('runs this trainer executes at a time', 1, 64).default(1),
  THAW_TRAINER_LABELS: z.string().default('').transform((text) => text.split(',').map((label) => label.trim()).filter(Boolean))
    .refine((labels) => labels.every(isLabel), { error: 'must be labels of a to z, 0 to 9, dot, underscore and hyphen, separated by commas, such as "big,room-3"' }),
  THAW_BACKEND: z.enum(backendNames, { error: `must be one of ${backendNames.join(', ')}; leave it out to use the fastest that loads` }).optional(),
  THAW_HOME: z.string().min(1).default(path.join(homedir(), '.thaw')),
  THAW_FEATURE_CACHE_BYTES: byteCount('keeps nothing').default(10e9),
  THAW_BLOB_CACHE_BYTES: byteCount('keeps only what runs under way need').default(50e9),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

export interface Env {
  url: string;
  token?: string;
  /** undefined: the host's, numbered when it is taken. */
  trainerName?: string;
  /** Runs executed at a time. */
  slots: number;
  /** What constraints of runs may demand. */
  labels: string[];
  backend?: BackendName;
  home: string;
  /** Downloaded pictures and backbones, by sha256. */
  cacheFolder: string;
  /** Frozen features kept on disk between runs. */
  featureCacheBytes: number;
  /** Pictures and backbones kept on disk between runs. */
  blobCacheBytes: number;
  logLevel: string;
}

/** The daemon's settings, or every problem with them. */
export function readEnv(variables: NodeJS.ProcessEnv): { ok: true; env: Env } | { ok: false; problems: string[] } {
  // An empty variable is what a shell script sets when it means none.
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path: [name], message }) => `${String(name)} is "${given[String(name)]}": it ${message}.`);
    return { ok: false, problems };
  }
  const { THAW_URL, THAW_TOKEN, THAW_TRAINER_NAME, THAW_TRAINER_RUNS, THAW_TRAINER_LABELS, THAW_BACKEND, THAW_HOME, THAW_FEATURE_CACHE_BYTES, THAW_BLOB_CACHE_BYTES, LOG_LEVEL } = parsed.data;
  return {
    ok: true,
    env: {
      url: THAW_URL,
      token: THAW_TOKEN,
      trainerName: THAW_TRAINER_NAME,
      slots: THAW_TRAINER_RUNS,
      labels: THAW_TRAINER_LABELS,
      backend: THAW_BACKEND,
      home: path.resolve(THAW_HOME),
      cacheFolder: path.join(path.resolve(THAW_HOME), 'cache'),
      featureCacheBytes: THAW_FEATURE_CACHE_BYTES,
      blobCacheBytes: THAW_BLOB_CACHE_BYTES,
      logLevel: LOG_LEVEL,
    },
  };
}
