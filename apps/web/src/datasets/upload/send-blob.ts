import { NoAnswer } from './patience';

interface Sending { file: File; path: string; sha256: string; onBytes: (loaded: number) => void; signal: AbortSignal }

/** Answers that say "not now" rather than "no". */
const notNow = new Set([408, 429, 500, 502, 503, 504]);

/** One POST /blobs. fetch tells no upload progress, XMLHttpRequest does. Throws NoAnswer when another try may do. */
export function sendBlob({ file, path, sha256, onBytes, signal }: Sending): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    signal.addEventListener('abort', abort, { once: true });
    request.upload.onprogress = (event) => onBytes(Math.min(file.size, event.loaded));
    request.onloadend = () => signal.removeEventListener('abort', abort);
    request.onload = () => {
      const { error } = (request.response ?? {}) as { error?: { message: string } };
      if (request.status === 201) resolve();
      else if (notNow.has(request.status) && error?.message === undefined) reject(new NoAnswer(`the server answered ${request.status}`));
      else reject(new Error(`${path} was not stored: ${error?.message ?? `the server answered ${request.status}`}`));
    };
    // A file that was moved or changed meanwhile fails just as a lost connection does.
    request.onerror = () => void file.slice(0, 1).arrayBuffer().then(() => reject(new NoAnswer('the server did not answer')), () => reject(unreadable(path)));
    request.onabort = () => reject(new DOMException('The upload was stopped.', 'AbortError'));
    request.open('POST', `/blobs?sha256=${sha256}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.responseType = 'json';
    request.send(file);
  });
}

export const unreadable = (path: string) => new Error(`${path} cannot be read: it was changed, moved or deleted after it was chosen. Choose the folder again; what is stored is not sent twice.`);
