import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { channel, parseNotice, type Notice } from './notice';

export interface Listener {
  onNotice(notice: Notice): void;
  /** After a first or a new connection: notices may have been missed before it. */
  onConnected(): void;
  onError(error: Error): void;
  signal: AbortSignal;
}

const firstRetry = 100;
const slowestRetry = 5_000;

/** Keeps one LISTEN connection until the signal aborts, and connects again whenever it breaks. */
export async function listen(url: string, { onNotice, onConnected, onError, signal }: Listener): Promise<void> {
  let retry = firstRetry;
  while (!signal.aborted) {
    const client = new Client({ connectionString: url, application_name: 'thaw-listen', keepAlive: true });
    const broken = new Promise<void>((resolve) => {
      client.on('error', (error) => { onError(error); resolve(); });
      client.on('end', resolve);
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    client.on('notification', ({ payload }) => {
      const notice = parseNotice(payload ?? '');
      if (notice) onNotice(notice);
    });
    try {
      await client.connect();
      await client.query(`listen ${channel}`);
      retry = firstRetry;
      onConnected();
      await broken;
    } catch (error) {
      onError(error as Error);
    }
    await client.end().catch(() => {});
    if (!signal.aborted) await sleep(retry, undefined, { signal }).catch(() => {});
    retry = Math.min(retry * 2, slowestRetry);
  }
}
