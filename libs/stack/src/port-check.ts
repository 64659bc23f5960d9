import { createServer } from 'node:net';
import { StackFailure } from './failure';

/** Fails, before anything is started, with what to do when the port cannot be had. */
export async function requireFreePort(host: string, port: number): Promise<void> {
  const problem = await new Promise<NodeJS.ErrnoException | null>((resolve) => {
    const server = createServer();
    server.once('error', resolve);
    server.listen(port, host, () => server.close(() => resolve(null)));
  });
  if (!problem) return;
  const another = `Choose another port: PORT=${port < 65000 ? port + 10 : 4000} npm start`;
  if (problem.code === 'EADDRINUSE') throw new StackFailure(`Port ${port} on ${host} is in use by another program. Stop that program, or choose another port.\n${another}`);
  if (problem.code === 'EACCES') throw new StackFailure(`Port ${port} may not be used by this user (ports below 1024 belong to root).\n${another}`);
  throw new StackFailure(`Thaw cannot listen on ${host}, port ${port}: ${problem.message}. HOST must be an address of this machine, such as 127.0.0.1 or 0.0.0.0.`);
}
