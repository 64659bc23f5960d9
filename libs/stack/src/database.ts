import path from 'node:path';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '@thaw/db/embedded';
import { createBackoff } from './backoff';
import { StackFailure } from './failure';

export interface Database {
  url(): string;
  pid(): number | undefined;
  stop(): Promise<void>;
  kill(): void;
}

export interface DatabaseOptions {
  home: string;
  /** After a restart on another port, because the old one was taken meanwhile. */
  onMoved(): void;
  report(line: string): void;
}

/** The embedded Postgres, started again whenever it dies. */
export async function startDatabase({ home, onMoved, report }: DatabaseOptions): Promise<Database> {
  const backoff = createBackoff();
  let running: EmbeddedPostgres | undefined;
  let starting: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let stopping = false;
  let url = '';

  async function launch(): Promise<void> {
    const server = await startEmbeddedPostgres({ folder: path.join(home, 'postgres'), logFile: path.join(home, 'logs/postgres.log') });
    running = server;
    backoff.started();
    const moved = url !== '' && url !== server.url;
    url = server.url;
    if (moved) onMoved();
    void server.exited.then(() => {
      running = undefined;
      if (!stopping) again('postgres ended');
    });
  }

  function again(why: string): void {
    const delayMs = backoff.nextMs();
    report(`${why}; starting it again in ${delayMs / 1000} s. Its log: ${path.join(home, 'logs/postgres.log')}`);
    timer = setTimeout(() => {
      starting = launch().then(
        () => report('postgres is running again.'),
        (error: Error) => {
          if (!stopping) again(`postgres did not start: ${error.message}`);
        },
      );
    }, delayMs);
  }

  await launch().catch((error: Error) => {
    throw new StackFailure(error.message);
  });
  return {
    url: () => url,
    pid: () => running?.pid,
    kill: () => running && process.kill(running.pid, 'SIGQUIT'),
    async stop() {
      stopping = true;
      clearTimeout(timer);
      await starting;
      await running?.stop();
    },
  };
}
