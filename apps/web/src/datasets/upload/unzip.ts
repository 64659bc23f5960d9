import type { FileEntry } from '@zip.js/zip.js';
import { isZip, type Picked } from '../picked-files';

/** What the files of a zip may take when they are opened here; a bigger one is opened by the server. */
const mostBytes = 2 * 1024 ** 3;

/**
 * The files of a zip, to be sent one by one: an upload that breaks off goes on where it was, and what is stored is not sent
 * again. What cannot be opened here, or is no zip, stays as it is: the server says what is wrong with it.
 */
export async function unzip(picked: Picked): Promise<Picked> {
  if (!isZip(picked)) return picked;
  const { BlobReader, BlobWriter, ZipReader } = await import('@zip.js/zip.js');
  const zip = new ZipReader(new BlobReader(picked.files[0]!.file), { useWebWorkers: false });
  try {
    const entries = await zip.getEntries();
    const files = entries.filter((entry): entry is FileEntry => !entry.directory);
    if (!canBeOpened(files)) return picked;
    const opened: Picked = { files: [], emptyFolders: entries.filter(({ directory, filename }) => directory && !files.some((file) => file.filename.startsWith(filename))).map(({ filename }) => filename.replace(/\/$/, '')) };
    for (const entry of files) {
      const content = await entry.getData(new BlobWriter(), { checkSignature: true });
      opened.files.push({ path: entry.filename, file: new File([content], entry.filename) });
    }
    return opened;
  } catch {
    return picked;
  } finally {
    await zip.close();
  }
}

const canBeOpened = (files: readonly FileEntry[]): boolean =>
  files.length > 0 && files.every(({ encrypted, symlink }) => !encrypted && !symlink) && new Set(files.map(({ filename }) => filename)).size === files.length
  && files.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0) <= mostBytes;
