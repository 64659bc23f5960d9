import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { parentPort } from 'node:worker_threads';
import sharp from 'sharp';
import { decode } from './decode';
import type { DecodeAnswer, DecodeTask } from './messages';

// Pictures are decoded side by side, one thread each; none is asked for twice in a row.
sharp.concurrency(1);
sharp.cache(false);

parentPort!.on('message', (task: DecodeTask) => void answer(task).then((given) => parentPort!.postMessage(given)));

async function answer({ id, file, inputSize, view, into, ...name }: DecodeTask): Promise<DecodeAnswer> {
  try {
    const bytes = await readFile(file).catch(() => null);
    if (!bytes || createHash('sha256').update(bytes).digest('hex') !== name.sha256) return { id, outcome: 'damaged' };
    new Uint8Array(into).set(await decode(name, bytes, inputSize, view));
    return { id, outcome: 'decoded' };
  } catch (error) {
    return { id, outcome: 'failed', message: (error as Error).message };
  }
}
