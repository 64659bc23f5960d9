import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

/** Real weights lie beside the checkout, never in it. */
export const mobilenet = path.resolve(__dirname, '../../../../../shared/models/mobilenet_v1_0.25_224_layers');
export const testWithMobilenet = existsSync(mobilenet)
  ? test
  : (name: string, _body: unknown, _timeout?: number) => test.skip(`${name} (skipped: needs ${mobilenet})`, () => {});

/** What the mirror does to one file instead of sending it. */
export type Mishap = (res: ServerResponse, bytes: Buffer, attempt: number) => void | 'send';

export interface Mirror {
  url: string;
  /** file name → mishap */
  mishaps: Record<string, Mishap>;
  /** how often each file was asked for */
  asked: Map<string, number>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** A server that holds MobileNet at the path of its catalogue address, as THAW_CATALOGUE_MIRROR wants it. */
export async function startMirror(): Promise<Mirror> {
  const mishaps: Record<string, Mishap> = {};
  const asked = new Map<string, number>();
  const server = createServer((req: IncomingMessage, res) => {
    const name = path.posix.basename(req.url!);
    const attempt = (asked.get(name) ?? 0) + 1;
    asked.set(name, attempt);
    const file = path.join(mobilenet, name);
    if (!req.url!.startsWith('/tfjs-models/tfjs/mobilenet_v1_0.25_224/') || !existsSync(file)) return void res.writeHead(404).end();
    const bytes = readFileSync(file);
    if (mishaps[name] && mishaps[name](res, bytes, attempt) !== 'send') return;
    res.writeHead(200, { 'content-length': bytes.length }).end(bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    mishaps,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
