import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { root } from '../../kit/shared-data';
import type { Installation } from '../installation';
import { kill, processesOf } from '../processes';

export interface TrainerOptions {
  name: string;
  /** Where it believes the API to be; default: where it is. */
  url?: string;
  env?: Record<string, string>;
}

/** A trainer under a name of its own, started as on a machine of its own: no supervisor, a folder for its cache. */
export class TrainerProcess {
  output = '';

  private constructor(readonly installation: Installation, readonly name: string, readonly child: ChildProcess) {}

  static start(installation: Installation, { name, url = installation.url, env }: TrainerOptions): TrainerProcess {
    const child = spawn(process.execPath, ['--enable-source-maps', path.join(root, 'apps/trainer/dist/main.js')], {
      env: { ...process.env, THAW_HOME: installation.home, THAW_URL: url, THAW_TRAINER_NAME: name, THAW_BACKEND: 'wasm', THAW_EXECUTION_JOURNAL: installation.journal, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const trainer = new TrainerProcess(installation, name, child);
    const log = createWriteStream(path.join(installation.logs, `${name}.log`));
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        trainer.output += text;
        log.write(text);
      });
    }
    child.once('close', () => log.end());
    return trainer;
  }

  /** To the daemon alone, or to its executors too. */
  signal(signal: NodeJS.Signals, to: 'daemon' | 'all'): void {
    const own = processesOf(this.installation.home).filter(({ trainer, part }) => trainer === this.name && (to === 'all' || part === 'trainer'));
    for (const { pid } of own) kill(pid, signal);
  }

  /** Ctrl-C, and its exit code. */
  async stop(): Promise<number | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      this.child.kill('SIGINT');
      await once(this.child, 'exit');
    }
    return this.child.exitCode;
  }
}
