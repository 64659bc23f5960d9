import 'reflect-metadata';
import { once } from 'node:events';
import pino from 'pino';
import { createDemo } from './demo/create-demo';
import { InvalidEnv, parseEnv } from './env';
import { startApi } from './start-api';

async function main() {
  const stopping = new AbortController();
  // `disconnect`: the supervisor that started this process is gone.
  for (const event of ['SIGTERM', 'SIGINT', 'disconnect']) process.once(event, () => stopping.abort());

  const env = parseEnv(process.env);
  const log = pino({ level: env.LOG_LEVEL }, pino.destination(2));
  await using api = await startApi(env, log);
  await createDemo(api.services);
  log.info(`The API listens on ${api.url}`);
  process.send?.({ type: 'ready', url: api.url });
  if (!stopping.signal.aborted) await once(stopping.signal, 'abort');
}

main().then(
  // An open IPC channel alone would keep the process.
  () => process.connected && process.disconnect(),
  (error: Error & { code?: string }) => {
    console.error(error instanceof InvalidEnv ? error.message : error.code === 'EADDRINUSE' ? portInUse : error);
    process.exit(1);
  },
);

const portInUse = `Port ${process.env.PORT ?? 4000} is in use. End what listens there, or choose another with PORT=….`;
