import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { checkBlobs } from '../checks/blobs';
import { checkEnds } from '../checks/ends';
import { checkPoints } from '../checks/points';
import { checkResults } from '../checks/results';
import type { Finding } from '../checks/verdict';
import type { Installation } from '../installation';
import type { FaultOptions } from '../options';
import type { Timeline } from '../timeline';
import { prepareGround } from './ground';

const diskBytes = 64_000_000;

/** A disk of its own for the blobs; false where mounting one is not allowed (it takes root on Linux). */
export function mountSmallDisk(home: string): boolean {
  const folder = path.join(home, 'blobs');
  mkdirSync(folder);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${diskBytes}`, 'tmpfs', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

export function unmountSmallDisk(home: string): void {
  execFileSync('umount', ['--lazy', path.join(home, 'blobs')]);
}

/** The disk of the blobs is full for a while in the middle of a run: it goes on when there is room again, and nothing is left over. */
export async function fullDiskPart(_: FaultOptions, timeline: Timeline, installation: Installation): Promise<Finding[]> {
  const ground = await prepareGround(installation);
  await ground.launch('on a full disk', { trainer: 'box' });
  await ground.until('on a full disk', 'trains', ({ epoch }) => epoch >= 3);
  const filler = path.join(installation.home, 'blobs/filler');
  fill(filler);
  timeline.note('the disk is full');
  const seen = await isSeen(installation, 60);
  await sleep(2_000);
  rmSync(filler);
  timeline.note('the disk has room again');
  const compared = await ground.ended('on a full disk');
  return [
    { name: 'a full disk: seen by the API', unit: 'disks', checked: 1, problems: seen ? [] : ['nothing was refused while it was full.'] },
    ...[checkEnds([compared]), checkPoints([compared]), checkResults([compared]), ...(await checkBlobs(installation))].map((verdict) => ({ ...verdict, name: `a full disk: ${verdict.name}` })),
  ];
}

function fill(file: string): void {
  const descriptor = openSync(file, 'w');
  try {
    for (let size = 1_000_000; size >= 1; ) {
      try {
        writeSync(descriptor, Buffer.alloc(size));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
        size = Math.floor(size / 10);
      }
    }
  } finally {
    closeSync(descriptor);
  }
}

async function isSeen({ logs }: Installation, seconds: number): Promise<boolean> {
  for (const deadline = Date.now() + seconds * 1000; Date.now() < deadline; await sleep(200)) {
    if (/is full/.test(readFileSync(path.join(logs, 'trainer.log'), 'utf8'))) return true;
  }
  return false;
}
