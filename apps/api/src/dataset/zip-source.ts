import yauzl, { type Entry, type ZipFile } from 'yauzl';
import type { BlobStore } from '../blob/blob-store';
import { examinePicture, UnreadablePicture } from './examine-picture';
import type { OpenedSource } from './picture-source';
import type { ImportProblem } from './read-layout';
import { pathProblem } from './source-path';

/** What keeps a small zip from filling memory or disk. Sizes are bytes when unpacked. */
export const zipLimits = { entries: 200_000, entrySize: 64 * 1024 ** 2, totalSize: 32 * 1024 ** 3 };

/** Lists a zip and refuses it whole when any entry is not plainly a file inside it. The entries stay packed until they are loaded. */
export async function openZip(blobs: BlobStore, sha256: string, limits = zipLimits): Promise<OpenedSource> {
  let zip: ZipFile;
  try {
    zip = await yauzlV3.openPromise(blobs.path(sha256), { autoClose: false, decodeStrings: false });
  } catch (error) {
    return refused('NOT_A_ZIP', `This is not a zip that can be read: ${(error as Error).message} Zip the folder again, or upload its files one by one.`);
  }
  const entries = new Map<string, Entry>();
  const folders = new Set<string>();
  const problems: ImportProblem[] = [];
  try {
    let total = 0;
    for await (const entry of yauzlV3.entriesOf(zip)) {
      if (entries.size + folders.size >= limits.entries) {
        problems.push({ code: 'ZIP_TOO_LARGE', message: `The zip has more than ${limits.entries} entries. Split it into several datasets.` });
        break;
      }
      const name = yauzlV3.nameOf(entry);
      const problem = entryProblem(entry, name, limits) ?? (entries.has(name) ? { code: 'DUPLICATE_PATH', message: `The zip has "${name}" twice. Each file needs a path of its own.` } : null);
      if (problem) problems.push(problem);
      else if (name.endsWith('/')) folders.add(name);
      else entries.set(name, entry);
      total += entry.uncompressedSize;
    }
    if (total > limits.totalSize) problems.push({ code: 'ZIP_TOO_LARGE', message: `Unpacked the zip would take ${total} bytes; at most ${limits.totalSize} are taken. Split it into several datasets.` });
  } catch (error) {
    problems.push({ code: 'NOT_A_ZIP', message: `The list of files in the zip is broken: ${(error as Error).message}. Zip the folder again.` });
  }
  if (problems.length > 0) {
    zip.close();
    return { ok: false, problems: firstOf(problems, 20) };
  }

  const load = async (path: string) => {
    const bytes = await unpack(zip, entries.get(path)!);
    const examined = await examinePicture(bytes);
    return { ...(await blobs.put(bytes)), ...examined };
  };
  return { ok: true, source: { paths: [...entries.keys()], emptyFolders: withoutFiles(folders, entries), load, close: () => zip.close() } };
}

function entryProblem(entry: Entry, name: string, limits: typeof zipLimits): ImportProblem | null {
  const escape = pathProblem(name);
  if (escape) return { code: 'PATH_ESCAPES', message: `The zip’s entry "${name}" ${escape}. Nothing of the zip was imported. Make it again from inside the dataset’s folder.` };
  const kind = (entry.externalFileAttributes >>> 16) & 0o170000;
  if (kind !== 0 && kind !== 0o100000 && kind !== 0o040000) {
    return { code: 'PATH_ESCAPES', message: `The zip’s entry "${name}" is ${kind === 0o120000 ? 'a symbolic link' : 'not a plain file'}, which could lead out of its folder. Nothing of the zip was imported. Replace it by the file itself and zip again.` };
  }
  if (entry.isEncrypted()) return { code: 'ZIP_ENCRYPTED', message: `The zip’s entry "${name}" is encrypted. Zip the folder again without a password.` };
  if (entry.uncompressedSize > limits.entrySize) return { code: 'ZIP_TOO_LARGE', message: `The zip’s entry "${name}" takes ${entry.uncompressedSize} bytes unpacked; a picture may take ${limits.entrySize}. Leave it out or make it smaller.` };
  return null;
}

/** yauzl ends the stream with an error when it yields more or fewer bytes than the entry declares. */
async function unpack(zip: ZipFile, entry: Entry): Promise<Buffer> {
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of await yauzlV3.read(zip, entry)) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  } catch (error) {
    throw new UnreadablePicture(`cannot be unpacked: ${(error as Error).message}`);
  }
}

function withoutFiles(folders: ReadonlySet<string>, entries: ReadonlyMap<string, Entry>): string[] {
  const used = new Set<string>();
  for (const path of [...entries.keys(), ...folders]) {
    for (let slash = path.lastIndexOf('/', path.length - 2); slash > 0; slash = path.lastIndexOf('/', slash - 1)) used.add(path.slice(0, slash + 1));
  }
  return [...folders].filter((folder) => !used.has(folder));
}

const refused = (code: string, message: string): OpenedSource => ({ ok: false, problems: [{ code, message }] });

function firstOf(problems: ImportProblem[], count: number): ImportProblem[] {
  if (problems.length <= count) return problems;
  return [...problems.slice(0, count), { code: problems[count]!.code, message: `And ${problems.length - count} more problems like these.` }];
}

/** The parts of yauzl 3 that its published types (of version 2) lack. */
const yauzlV3 = {
  openPromise: (path: string, options: object) => (yauzl as unknown as { openPromise(path: string, options: object): Promise<ZipFile> }).openPromise(path, options),
  /** Decoded by the zip's own rules; never rewritten, so that a backslash stays visible. */
  nameOf: (entry: Entry) =>
    (yauzl as unknown as { getFileNameLowLevel(flags: number, name: Buffer, extraFields: unknown, strict: boolean): string }).getFileNameLowLevel(
      entry.generalPurposeBitFlag, entry.fileName as unknown as Buffer, entry.extraFields, true,
    ),
  entriesOf: (zip: ZipFile) => (zip as unknown as { eachEntry(): AsyncIterable<Entry> }).eachEntry(),
  read: (zip: ZipFile, entry: Entry) => new Promise<NodeJS.ReadableStream>((resolve, reject) => zip.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream)))),
};
