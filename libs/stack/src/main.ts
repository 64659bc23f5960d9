import { parseEnv } from './env';
import { StackFailure } from './failure';
import { startStack } from './stack';

const stopping = new AbortController();
let firstSignalAt = 0;
function stop(): void {
  if (!stopping.signal.aborted) {
    firstSignalAt = Date.now();
    console.error('\nStopping … (Ctrl-C again forces it)');
    stopping.abort(new StackFailure('Stopped while starting.'));
    // npm passes on the signal that the terminal has sent us already; that is not a second Ctrl-C.
  } else if (Date.now() - firstSignalAt > 500) {
    console.error('Forced.');
    process.exit(130);
  }
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
// A terminal that was closed takes no more lines; that must not keep us from stopping in order.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

if (process.env.npm_lifecycle_event === 'start') {
  // npm's shell dies of a SIGTERM without passing it on.
  const npm = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === npm) return;
    clearInterval(watch);
    stop();
  }, 1000);
  watch.unref();
}

async function main(): Promise<void> {
  const env = parseEnv(process.env);
  const stack = await startStack({ home: env.THAW_HOME, port: env.PORT, host: env.HOST, databaseUrl: env.DATABASE_URL, trainers: env.THAW_TRAINER === 'on' ? env.THAW_TRAINERS : 0, signal: stopping.signal });
  if (stopping.signal.aborted) return stack.ended;
  console.log(`Thaw is running at ${stack.url}`);
  await stack.ended;
}

main().catch((error: unknown) => {
  console.error(error instanceof StackFailure ? error.message : error);
  process.exitCode = 1;
});
