import { type ApolloClient, CombinedGraphQLErrors } from '@apollo/client';
import { MissingBlobsDocument } from '../../generated/graphql';
import type { PickedFile } from '../picked-files';
import { type Hasher, openHasher } from './hasher';
import { NoAnswer, untilAnswered } from './patience';
import { Rate } from './rate';
import { sendBlob, unreadable } from './send-blob';

/** Sent at the same time. */
const concurrency = 4;
/** Files whose digests are asked about at once. */
export const batch = 100;

export interface UploadedFile { path: string; sha256: string }

export interface UploadProgress {
  /** Stored by now, those that were before included. */
  files: number;
  totalFiles: number;
  bytes: number;
  totalBytes: number;
  /** Of files: the ones that did not have to be sent. */
  found: number;
  /** Nobody answers; it goes on by itself. */
  waiting: boolean;
  /** Bytes a second; null while there is too little to go by. */
  rate: number | null;
}

/** What outlives a pause: digests are not made, and files not sent, a second time. */
export interface UploadMemory {
  sha256s: (string | undefined)[];
  stored: boolean[];
}

export const emptyMemory = (): UploadMemory => ({ sha256s: [], stored: [] });

export interface Services {
  hasher: Hasher;
  /** Of these digests, those that are not stored. */
  findMissing(sha256s: readonly string[]): Promise<readonly string[]>;
  send: typeof sendBlob;
}

interface Upload {
  files: readonly PickedFile[];
  memory?: UploadMemory;
  onProgress: (progress: UploadProgress) => void;
  signal: AbortSignal;
}

/** Stores every file, and sends only what the server does not have. Waits while nobody answers; throws a refusal, in words. */
export async function uploadBlobs(client: ApolloClient, upload: Upload): Promise<UploadedFile[]> {
  const hasher = openHasher();
  try {
    return await uploadWith({ hasher, send: sendBlob, findMissing: (sha256s) => askMissing(client, sha256s) }, upload);
  } finally {
    hasher.close();
  }
}

export async function uploadWith(services: Services, { files, memory = emptyMemory(), onProgress, signal }: Upload): Promise<UploadedFile[]> {
  const failure = new AbortController();
  const stop = AbortSignal.any([signal, failure.signal]);
  const account = keepAccount(files, memory, onProgress);
  const patience = { signal: stop, onWaiting: account.waiting };

  const sendMissing = async (indexes: readonly number[]) => {
    const missing = new Set(await untilAnswered(() => services.findMissing(indexes.map((index) => memory.sha256s[index]!)), patience));
    const queue: number[] = [];
    // The same bytes may lie in two places; they are sent once.
    for (const index of indexes) if (!missing.delete(memory.sha256s[index]!)) account.found(index); else queue.push(index);
    const sendNext = async () => {
      for (let index = queue.shift(); index !== undefined && !stop.aborted; index = queue.shift()) {
        const { file, path } = files[index]!;
        const place = index;
        await untilAnswered(() => services.send({ file, path, sha256: memory.sha256s[place]!, onBytes: (loaded) => account.sending(place, loaded), signal: stop }), patience);
        account.sent(place);
      }
    };
    await Promise.all(Array.from({ length: concurrency }, sendNext));
  };

  const open = files.flatMap((_, index) => (memory.stored[index] ? [] : [index]));
  let hashing = hashBatch(services.hasher, files, open.slice(0, batch), memory, stop);
  try {
    for (let start = 0; start < open.length; start += batch) {
      await hashing;
      stop.throwIfAborted();
      // The next digests are made while these files are on their way.
      hashing = hashBatch(services.hasher, files, open.slice(start + batch, start + 2 * batch), memory, stop);
      hashing.catch(() => undefined);
      await sendMissing(open.slice(start, start + batch));
    }
    await hashing;
  } catch (error) {
    failure.abort();
    await hashing.catch(() => undefined);
    throw error;
  }
  signal.throwIfAborted();
  return files.map(({ path }, index) => ({ path, sha256: memory.sha256s[index]! }));
}

async function hashBatch(hasher: Hasher, files: readonly PickedFile[], indexes: readonly number[], memory: UploadMemory, stop: AbortSignal): Promise<void> {
  for (const index of indexes) {
    if (stop.aborted) return;
    const { file, path } = files[index]!;
    memory.sha256s[index] ??= await hasher.hash(file).catch((error: Error) => Promise.reject(error.name === 'Error' && error.message.startsWith('The digest') ? error : unreadable(path)));
  }
}

/** Counts what is stored and tells it. */
function keepAccount(files: readonly PickedFile[], memory: UploadMemory, onProgress: (progress: UploadProgress) => void) {
  const rate = new Rate();
  const partly = new Map<number, number>();
  const totalBytes = files.reduce((sum, { file }) => sum + file.size, 0);
  let [stored, bytes, found, waiting] = [0, 0, 0, false];
  files.forEach(({ file }, index) => {
    if (!memory.stored[index]) return;
    stored++;
    bytes += file.size;
  });
  let sentBytes = 0;
  const tell = () => {
    const under = [...partly.values()].reduce((sum, loaded) => sum + loaded, 0);
    if (!waiting) rate.add(sentBytes + under, performance.now());
    onProgress({ files: stored, totalFiles: files.length, bytes: bytes + under, totalBytes, found, waiting, rate: rate.perSecond() });
  };
  const store = (index: number) => {
    partly.delete(index);
    memory.stored[index] = true;
    stored++;
    bytes += files[index]!.file.size;
  };
  tell();
  return {
    found(index: number) {
      store(index);
      found++;
      tell();
    },
    sending(index: number, loaded: number) {
      partly.set(index, loaded);
      tell();
    },
    sent(index: number) {
      sentBytes += files[index]!.file.size;
      store(index);
      tell();
    },
    waiting(now: boolean) {
      if (now === waiting) return;
      waiting = now;
      partly.clear();
      rate.restart();
      tell();
    },
  };
}

async function askMissing(client: ApolloClient, sha256s: readonly string[]): Promise<readonly string[]> {
  try {
    const { data } = await client.query({ query: MissingBlobsDocument, variables: { sha256s: [...sha256s] }, fetchPolicy: 'no-cache' });
    return data!.missingBlobs;
  } catch (error) {
    throw CombinedGraphQLErrors.is(error) ? error : new NoAnswer((error as Error).message);
  }
}
