import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';

export interface TakenName extends Disposable {
  name: string;
}

/**
 * A name nobody else on this machine trains under with this home: the one asked for, or the host's, numbered when it is
 * taken. It is held by listening on a socket of that name, which is free again the moment the process is gone.
 */
export async function takeName(home: string, wanted?: string): Promise<TakenName> {
  if (wanted) {
    const taken = await take(home, wanted);
    if (taken) return taken;
    throw new Error(`A trainer named ${wanted} runs on this machine with THAW_HOME ${home} already. Stop it, or give this one another THAW_TRAINER_NAME.`);
  }
  for (let number = 1; ; number++) {
    const taken = await take(home, number === 1 ? hostname() : `${hostname()}-${number}`);
    if (taken) return taken;
  }
}

async function take(home: string, name: string): Promise<TakenName | null> {
  const address = addressOf(`thaw-trainer-${createHash('sha256').update(JSON.stringify([path.resolve(home), name])).digest('hex').slice(0, 32)}`);
  for (;;) {
    const server = createServer((socket) => socket.destroy()).unref();
    const failed = await listening(server, address);
    if (!failed) return { name, [Symbol.dispose]: () => server.close() };
    if (failed.code !== 'EADDRINUSE') throw failed;
    if (!path.isAbsolute(address) || (await answers(address))) return null;
    // Left by a process that was killed; only sockets in a folder outlive theirs.
    rmSync(address, { force: true });
  }
}

function addressOf(name: string): string {
  if (process.platform === 'linux') return `\0${name}`;
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : path.join(tmpdir(), `${name}.sock`);
}

async function listening(server: Server, address: string): Promise<NodeJS.ErrnoException | null> {
  server.listen(address);
  return once(server, 'listening').then(() => null, (error: NodeJS.ErrnoException) => error);
}

async function answers(address: string): Promise<boolean> {
  const socket = connect(address);
  return once(socket, 'connect').then(() => true, () => false).finally(() => socket.destroy());
}
