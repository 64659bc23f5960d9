import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

type Program = readonly [string, ...string[]];

interface Follow {
  /** such as --query-gpu=index,name */
  query: string;
  everySeconds: number;
  onRow(values: string[]): void;
  program?: Program;
  firstRetryMs?: number;
}

const nvidiaSmi: Program = ['nvidia-smi'];
const format = '--format=csv,noheader,nounits';
const longestRetryMs = 300_000;

/**
 * One nvidia-smi that goes on reporting, since starting it takes longer than all its readings. It is started again, ever
 * later, when it ends (a driver update, a GPU that fell off the bus); where there is none, nothing is reported.
 */
export function followNvidiaSmi({ query, everySeconds, onRow, program = nvidiaSmi, firstRetryMs = 1_000 }: Follow): Disposable {
  let child: ChildProcess | undefined;
  let retry: NodeJS.Timeout | undefined;
  let retryMs = firstRetryMs;
  let over = false;

  const start = () => {
    const [command, ...first] = program;
    // Should this process be killed, its next line finds nobody to read it, and it ends.
    const started = spawn(command, [...first, query, format, '-l', String(everySeconds)], { stdio: ['ignore', 'pipe', 'ignore'], windowsHide: true });
    child = started;
    // Neither the child nor its pipe is a reason for this process to stay.
    started.unref();
    (started.stdout as unknown as { unref(): void }).unref();
    createInterface({ input: started.stdout }).on('line', (line) => {
      if (over) return;
      retryMs = firstRetryMs;
      onRow(columns(line));
    });
    started.on('error', () => (over = true));
    started.on('close', () => {
      if (over) return;
      retry = setTimeout(start, retryMs).unref();
      retryMs = Math.min(retryMs * 2, longestRetryMs);
    });
  };
  start();

  return {
    [Symbol.dispose]() {
      over = true;
      clearTimeout(retry);
      child?.kill();
    },
  };
}

/** Its answer once; no rows where there is no nvidia-smi, or it finds no driver. */
export async function askNvidiaSmi(query: string, [command, ...first]: Program = nvidiaSmi): Promise<string[][]> {
  try {
    const { stdout } = await promisify(execFile)(command, [...first, query, format], { timeout: 10_000, windowsHide: true });
    return stdout.split('\n').filter((line) => line.trim() !== '').map(columns);
  } catch {
    return [];
  }
}

const columns = (line: string) => line.split(',').map((value) => value.trim());

/** "[N/A]", "[Not Supported]", "[Insufficient Permissions]": on MIG, on shared memory, in some containers. */
export function measured(value: string | undefined): number | undefined {
  return value !== undefined && /^\d+(\.\d+)?$/.test(value) ? Number(value) : undefined;
}
