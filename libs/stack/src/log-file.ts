import { appendFileSync, closeSync, existsSync, fstatSync, mkdirSync, openSync, readSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';

const maxBytes = 10_000_000;

/** Appends to a file; a full one becomes `<name>.1`, and one older is kept. */
export function openLog(file: string): { write(chunk: Buffer | string): void; tail(): string } {
  mkdirSync(path.dirname(file), { recursive: true });
  let size = existsSync(file) ? statSync(file).size : 0;
  return {
    write(chunk) {
      if (size > maxBytes) {
        renameSync(file, `${file}.1`);
        size = 0;
      }
      try {
        appendFileSync(file, chunk);
        size += chunk.length;
      } catch {
        // A full disk must not take the whole stack down with its log.
      }
    },
    tail: () => readTail(file, 4000).split('\n').slice(-20).join('\n').trim(),
  };
}

function readTail(file: string, bytes: number): string {
  if (!existsSync(file)) return '';
  const descriptor = openSync(file, 'r');
  try {
    const { size } = fstatSync(descriptor);
    const buffer = Buffer.alloc(Math.min(size, bytes));
    readSync(descriptor, buffer, 0, buffer.length, size - buffer.length);
    return buffer.toString();
  } finally {
    closeSync(descriptor);
  }
}
