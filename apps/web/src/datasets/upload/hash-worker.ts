import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

export interface HashRequest { id: number; file: Blob }
export type HashAnswer = { id: number; sha256: string } | { id: number; problem: string };

/** Read at a time, so that a file of gigabytes takes no more memory than this. */
const part = 8 * 1024 * 1024;
/** crypto.subtle is quicker but wants the whole file, and is missing where Thaw is opened over plain http from another machine. */
const subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle;

async function hash(file: Blob): Promise<string> {
  if (subtle && file.size <= part) return bytesToHex(new Uint8Array(await subtle.digest('SHA-256', await file.arrayBuffer())));
  const digest = sha256.create();
  for (let start = 0; start < file.size; start += part) digest.update(new Uint8Array(await file.slice(start, start + part).arrayBuffer()));
  return bytesToHex(digest.digest());
}

self.onmessage = ({ data: { id, file } }: MessageEvent<HashRequest>) => {
  const answer = (message: HashAnswer) => self.postMessage(message);
  hash(file).then((sha256) => answer({ id, sha256 }), (error: Error) => answer({ id, problem: error.message }));
};
