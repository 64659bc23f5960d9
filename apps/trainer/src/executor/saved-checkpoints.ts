import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { ApiFault, type Client } from '@thaw/client';
import { CheckpointUnfit, type ModelFile } from '@thaw/training';

/** As the API lists it. */
export interface SavedCheckpoint {
  epoch: number;
  batch: number;
  files: readonly { path: string; sha256: string }[];
}

/**
 * Calls `train` with the files of the newest checkpoint that can be had and continued, or without any when there is none.
 * Why one is passed over is said in the run's log.
 */
export async function fromNewest<T>(checkpoints: readonly SavedCheckpoint[], download: (checkpoint: SavedCheckpoint) => Promise<ModelFile[]>, train: (resumeFrom?: ModelFile[]) => Promise<T>): Promise<T> {
  for (const checkpoint of checkpoints) {
    const passOver = (error: Error) => console.warn(`The checkpoint of ${placeOf(checkpoint)} is passed over: ${error.message}`);
    const files = await download(checkpoint).catch((error: unknown) => {
      if (!(error instanceof ApiFault)) throw error;
      passOver(error);
    });
    try {
      if (files) return await train(files);
    } catch (error) {
      if (!(error instanceof CheckpointUnfit)) throw error;
      passOver(error);
    }
  }
  if (checkpoints.length > 0) console.warn('No checkpoint can be continued: training starts from the beginning.');
  return train();
}

/** Checked against their digests on the way; they need not stay on this machine. */
export async function downloadCheckpoint(client: Client, scratchFolder: string, { files }: SavedCheckpoint): Promise<ModelFile[]> {
  const folder = path.join(scratchFolder, 'checkpoint');
  try {
    return await Promise.all(files.map(async ({ path: name, sha256 }) => {
      const file = path.join(folder, sha256);
      await client.blobs.download(sha256, file);
      return { path: name, bytes: await readFile(file) };
    }));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export const placeOf = ({ epoch, batch }: { epoch: number; batch: number }) => (batch > 0 ? `epoch ${epoch}, batch ${batch}` : `epoch ${epoch}`);
