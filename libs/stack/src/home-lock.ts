import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ends, isAlive, startTimeOf } from '@thaw/db/embedded';
import { StackFailure } from './failure';

interface ProcessMark {
  pid: number;
  /** A pid is reused, a pid and its start time are not. */
  started: string | null;
}

interface LockContent extends ProcessMark {
  url: string;
  children: Record<string, ProcessMark>;
}

export interface HomeLock {
  /** Keeps the pids of the children on disk, for the start after a kill -9. */
  note(name: string, pid: number): void;
  release(): void;
}

/** One stack per home. A lock whose process is gone is taken over, after what that process left running has ended. */
export async function lockHome(home: string, url: string): Promise<HomeLock> {
  const file = path.join(home, 'stack.lock');
  const content: LockContent = { ...markOf(process.pid), url, children: {} };
  const temporary = `${file}.${process.pid}`;
  for (;;) {
    writeFileSync(temporary, JSON.stringify(content));
    try {
      linkSync(temporary, file);
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      rmSync(temporary, { force: true });
    }
    const other = read(file);
    if (other && isSame(other)) throw new StackFailure(`Thaw already runs on ${home}, at ${other.url} (process ${other.pid}). Stop it there with Ctrl-C, or set THAW_HOME and PORT to run a second one beside it.`);
    if (other) await endLeftovers(other);
    takeAway(file, other);
  }
  return {
    note(name, pid) {
      content.children[name] = markOf(pid);
      try {
        writeFileSync(temporary, JSON.stringify(content, null, 2));
        renameSync(temporary, file);
      } catch {
        // A full disk must not take the stack down with its notes: children end by themselves when their parent is gone.
      }
    },
    release: () => rmSync(file, { force: true }),
  };
}

/** With what it started: each child of the stack leads a group of its own. */
function killGroup(pid: number): void {
  for (const each of [-pid, pid]) {
    try {
      process.kill(each, 'SIGKILL');
    } catch {
      // It ended meanwhile.
    }
  }
}

const markOf = (pid: number): ProcessMark => ({ pid, started: startTimeOf(pid) });
const isSame = ({ pid, started }: ProcessMark) => isAlive(pid) && startTimeOf(pid) === started;

function read(file: string): LockContent | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as LockContent;
  } catch {
    return null;
  }
}

/** They notice by themselves that their parent died; one that is deep in a computation is not waited for. */
async function endLeftovers({ children }: LockContent): Promise<void> {
  const left = Object.values(children).filter(isSame);
  await Promise.all(left.map(async ({ pid }) => {
    if (!(await ends(pid, 3000))) killGroup(pid);
    await ends(pid, 3000);
  }));
}

/** Removes the stale lock, unless another start was quicker and the file is its new lock by now. */
function takeAway(file: string, stale: LockContent | null): void {
  const aside = `${file}.stale-${process.pid}`;
  try {
    renameSync(file, aside);
    if (JSON.stringify(read(aside)) !== JSON.stringify(stale)) linkSync(aside, file);
  } catch (error) {
    if (!['ENOENT', 'EEXIST'].includes((error as NodeJS.ErrnoException).code!)) throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}
