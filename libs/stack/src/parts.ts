import { hostname } from 'node:os';
import path from 'node:path';
import { listensOn, saysReady } from './readiness';
import type { ServiceOptions } from './service';

export type Part = Pick<ServiceOptions, 'name' | 'args' | 'env' | 'untilReady' | 'required' | 'stopWithinMs'>;

interface Places {
  root: string;
  /** What every child gets: THAW_HOME, THAW_URL and the caller's own variables. */
  env: NodeJS.ProcessEnv;
}

export function apiPart({ root, env }: Places, options: { host: string; port: number; webPort: number; databaseUrl(): string }): Part {
  return {
    name: 'api',
    args: ['--enable-source-maps', path.join(root, 'apps/api/dist/main.js')],
    env: () => ({
      ...env,
      HOST: options.host,
      PORT: String(options.port),
      DATABASE_URL: options.databaseUrl(),
      THAW_WEB_URL: `http://127.0.0.1:${options.webPort}`,
    }),
    untilReady: saysReady,
    required: true,
    stopWithinMs: 10_000,
  };
}

export function webPart({ root, env }: Places, webPort: number): Part {
  const next = path.join(root, 'node_modules/next/dist/bin/next');
  return {
    name: 'web',
    args: ['--require', path.join(root, 'libs/stack/src/end-with-parent.cjs'), next, 'start', path.join(root, 'apps/web'), '-p', String(webPort), '-H', '127.0.0.1'],
    env: () => ({ ...env, NEXT_TELEMETRY_DISABLED: '1' }),
    untilReady: (_, ended) => listensOn(webPort, ended),
    required: true,
    stopWithinMs: 5_000,
  };
}

/**
 * It waits for the API by itself, and the dashboard is of use without it. Names are unique and outlive a restart; the
 * first trainer keeps the plain one, so that there is no new trainer in the list only because there are more of them.
 */
export function trainerPart({ root, env }: Places, number: number): Part {
  const suffix = number === 1 ? '' : `-${number}`;
  const name = `${env.THAW_TRAINER_NAME || hostname()}${suffix}`;
  return {
    name: `trainer${suffix}`,
    args: ['--enable-source-maps', path.join(root, 'apps/trainer/dist/main.js')],
    env: () => ({ TF_CPP_MIN_LOG_LEVEL: '2', ...env, THAW_TRAINER_NAME: name }),
    untilReady: saysReady,
    required: false,
    // Long enough to finish the batch and hand the run back.
    stopWithinMs: 30_000,
  };
}
