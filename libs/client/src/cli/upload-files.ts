import type { FileInput } from '../generated/graphql';
import type { Session } from './session';
import type { SourceFile } from './source-files';

const atOnce = 8;

/** Uploads what the API lacks, some at a time, and says how far it is every two seconds. */
export async function uploadFiles({ client, warn }: Session, files: readonly SourceFile[]): Promise<FileInput[]> {
  const stored: FileInput[] = new Array(files.length);
  const queue = files.entries();
  let done = 0;
  let told = performance.now();
  const drain = async () => {
    for (const [index, file] of queue) {
      stored[index] = { path: file.path, sha256: (await client.blobs.upload(file.absolute)).sha256 };
      done += 1;
      if (performance.now() - told < 2_000) continue;
      told = performance.now();
      warn(`${done} of ${files.length} files uploaded`);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, files.length) }, drain));
  return stored;
}
