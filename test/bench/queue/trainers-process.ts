import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Done, Task } from './messages';

export interface TrainersProcess {
  do(task: Task): Promise<Done>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** The simulated trainers in a process of their own, so that the API's process is all that is measured. */
export async function startTrainers(url: string, trainers: number): Promise<TrainersProcess> {
  // With the flags of this process, which make it read TypeScript.
  const child: ChildProcess = fork(path.join(__dirname, 'simulated-trainers.ts'));
  const failed = once(child, 'exit').then(() => Promise.reject(new Error('The process of the simulated trainers ended; it says above why.')));
  failed.catch(() => {});
  const process: TrainersProcess = {
    async do(task) {
      const answer = once(child, 'message');
      child.send(task);
      const [done] = (await Promise.race([answer, failed])) as [Done];
      return done;
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || !child.connected) return;
      child.send({ task: 'stop' } satisfies Task);
      await once(child, 'exit');
    },
  };
  await process.do({ task: 'register', url, trainers });
  return process;
}
