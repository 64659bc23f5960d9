import { unzipSync } from 'fflate';
import { BackboneError } from '../backbone-error';
import { swollen } from './read-h5';

/** These entries of a zip, as far as it has them. One that would swell to more than a Keras file does is refused unread. Throws BackboneError. */
export function zipEntries(name: string, file: Uint8Array, wanted: readonly string[]): Record<string, Uint8Array> {
  if (file[0] !== 0x50 || file[1] !== 0x4b) throw new BackboneError([`${name} is no zip, as .keras files are. Give what model.save('model.keras') wrote.`]);
  let bytes = 0;
  let bomb = false;
  try {
    const entries = unzipSync(file, {
      filter: ({ name: entry, originalSize }) => {
        if (!wanted.includes(entry)) return false;
        bytes += originalSize;
        bomb ||= bytes > swollen(file.length);
        return !bomb;
      },
    });
    if (!bomb) return entries;
  } catch (error) {
    throw new BackboneError([`${name} cannot be unpacked: ${(error as Error).message}. It is cut or damaged; copy it again.`]);
  }
  throw new BackboneError([`${name} is ${file.length} bytes and says it unpacks to ${bytes}, which no Keras file does. It is damaged, or made to fill the memory.`]);
}
