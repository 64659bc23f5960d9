import { StringDecoder } from 'node:string_decoder';
import type { Readable } from 'node:stream';

/** What has no line break by then is given as a line; the API keeps 64 KiB of one. */
const longest = 64 * 1024;

/** Calls `onLine` for every line, colours and all. Of a line that is drawn over with carriage returns, the last drawing counts. */
export function eachLine(stream: Readable, onLine: (text: string) => void): void {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  const give = (text: string) => onLine(text.replace(/\r+$/, '').replace(/^.*\r/s, ''));
  stream.on('data', (chunk: Buffer) => {
    const lines = (rest + decoder.write(chunk)).split('\n');
    rest = lines.pop()!;
    lines.forEach(give);
    while (rest.length > longest) {
      give(rest.slice(0, longest));
      rest = rest.slice(longest);
    }
  });
  stream.on('end', () => {
    if (rest) give(rest);
    rest = '';
  });
}
