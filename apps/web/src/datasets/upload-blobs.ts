import type { PickedFile } from './picked-files';

const concurrency = 4;

export interface UploadedFile { path: string; sha256: string }
export interface UploadProgress { files: number; totalFiles: number; bytes: number; totalBytes: number }

/** Sends every file to POST /blobs, four at a time. Throws the first refusal, in words; the rest is not sent then. */
export async function uploadBlobs(files: readonly PickedFile[], onProgress: (progress: UploadProgress) => void, signal: AbortSignal): Promise<UploadedFile[]> {
  const totalBytes = files.reduce((sum, { file }) => sum + file.size, 0);
  const sent = new Array<number>(files.length).fill(0);
  const uploaded: UploadedFile[] = new Array<UploadedFile>(files.length);
  const failure = new AbortController();
  const stop = AbortSignal.any([signal, failure.signal]);
  let [next, done, bytes] = [0, 0, 0];

  const sendNext = async () => {
    while (next < files.length && !stop.aborted) {
      const index = next++;
      const { path, file } = files[index]!;
      const progress = (loaded: number) => {
        bytes += loaded - sent[index]!;
        sent[index] = loaded;
        onProgress({ files: done, totalFiles: files.length, bytes, totalBytes });
      };
      const sha256 = await sendOne(file, path, progress, stop);
      done += 1;
      progress(file.size);
      uploaded[index] = { path, sha256 };
    }
  };
  try {
    await Promise.all(Array.from({ length: concurrency }, sendNext));
  } catch (error) {
    failure.abort();
    throw error;
  }
  signal.throwIfAborted();
  return uploaded;
}

/** fetch tells no upload progress, XMLHttpRequest does. */
function sendOne(file: File, path: string, onBytes: (loaded: number) => void, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    signal.addEventListener('abort', abort, { once: true });
    request.upload.onprogress = (event) => onBytes(Math.min(file.size, event.loaded));
    request.onloadend = () => signal.removeEventListener('abort', abort);
    request.onload = () => {
      const answer = (request.response ?? {}) as { sha256?: string; error?: { message: string } };
      if (request.status === 201 && answer.sha256) resolve(answer.sha256);
      else reject(new Error(`${path} was not stored: ${answer.error?.message ?? `the server answered ${request.status}`}`));
    };
    request.onerror = () => reject(new Error(`${path} was not sent: the server did not answer. Check that it is running, or that the file can still be read, and try again.`));
    request.onabort = () => reject(new DOMException('The upload was cancelled.', 'AbortError'));
    request.open('POST', '/blobs');
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.responseType = 'json';
    request.send(file);
  });
}
