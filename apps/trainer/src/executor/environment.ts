import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import type { ChosenBackend } from '../backend/choose-backend';
import { repositoryRoot } from '../backend/repository-root';

/** What a person asks when two machines give different numbers. */
export function environmentFacts({ name, library, binding }: ChosenBackend) {
  const cpus = os.cpus();
  return {
    backend: name,
    ...(library ? { libtensorflow: library } : {}),
    ...(binding ? { binding } : {}),
    tfjs: tf.version_core,
    sharp: versionOf('node_modules/sharp'),
    thaw: versionOf('.'),
    ...checkedOut(),
    node: process.versions.node,
    platform: `${process.platform} ${os.release()} ${process.arch}`,
    os: os.version(),
    cpu: cpus[0]?.model.trim() ?? 'unknown',
    cores: os.availableParallelism(),
    memoryGiB: Math.round((os.totalmem() / 2 ** 30) * 10) / 10,
    host: os.hostname(),
  };
}

function versionOf(folder: string): string {
  try {
    return (JSON.parse(readFileSync(path.join(repositoryRoot(), folder, 'package.json'), 'utf8')) as { version: string }).version;
  } catch {
    return 'unknown';
  }
}

/** The commit of the checkout this trainer runs from, and whether it was changed since; nothing outside a checkout, or without git. */
function checkedOut(): { gitCommit?: string; gitDirty?: boolean } {
  try {
    return { gitCommit: git('rev-parse', 'HEAD'), gitDirty: git('status', '--porcelain', '--untracked-files=no') !== '' };
  } catch {
    return {};
  }
}

const git = (...args: string[]) => execFileSync('git', args, { cwd: repositoryRoot(), encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: 5_000 }).trim();
