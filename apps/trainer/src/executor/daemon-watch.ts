import { Worker } from 'node:worker_threads';

/** How long a batch may take to notice that the daemon is gone. */
const patienceMs = 15_000;

/** A thread, because a step of a native backend blocks the event loop; text, because it is too short for a file of its own. */
const program = `
  const { workerData } = require('node:worker_threads');
  let orphanedAt;
  setInterval(() => {
    if (process.ppid === workerData.daemon) return;
    orphanedAt ??= performance.now();
    if (performance.now() - orphanedAt > workerData.patienceMs) process.kill(process.pid, 'SIGKILL');
  }, 1000);`;

/** An executor must not outlive its daemon: nobody would take what it computes, and its run goes to another trainer. */
export function endWithDaemon(onGone: () => void): void {
  process.once('disconnect', () => {
    onGone();
    setTimeout(() => process.exit(1), patienceMs).unref();
  });
  new Worker(program, { eval: true, workerData: { daemon: process.ppid, patienceMs } }).unref();
}
