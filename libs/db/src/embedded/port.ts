import { createServer } from 'node:net';

/** `wanted` when it is free on loopback, else any free port. */
export async function findFreePort(wanted: number | null): Promise<number> {
  return (wanted && (await tryPort(wanted))) || (await tryPort(0))!;
}

function tryPort(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.on('error', () => resolve(null));
    server.listen(port, '127.0.0.1', () => {
      const { port: bound } = server.address() as { port: number };
      server.close(() => resolve(bound));
    });
  });
}
