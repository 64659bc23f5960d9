/** A file and where it lies in what was picked; paths use forward slashes. */
export interface PickedFile {
  path: string;
  file: File;
}

export interface Picked {
  files: PickedFile[];
  /** folders that hold nothing: an input cannot see them, a drop can */
  emptyFolders: string[];
}

/** From <input webkitdirectory>: "flowers/train/rose/1.jpg". */
export const fromInput = (list: FileList | readonly File[]): Picked => ({
  files: [...list].map((file) => ({ path: file.webkitRelativePath || file.name, file })),
  emptyFolders: [],
});

/** From a drop of files and folders, walked to the bottom. */
export async function fromDrop(items: DataTransferItemList): Promise<Picked> {
  // Entries must be taken before the first await: the list empties when the event is over.
  const entries = [...items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  const picked: Picked = { files: [], emptyFolders: [] };
  for (const entry of entries) await walk(entry, '', picked);
  return picked;
}

async function walk(entry: FileSystemEntry, parent: string, picked: Picked): Promise<void> {
  const path = parent ? `${parent}/${entry.name}` : entry.name;
  if (entry.isFile) {
    picked.files.push({ path, file: await new Promise((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject)) });
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  let count = 0;
  for (;;) {
    // readEntries hands over at most 100 at a time.
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (batch.length === 0) break;
    count += batch.length;
    for (const child of batch) await walk(child, path, picked);
  }
  if (count === 0) picked.emptyFolders.push(path);
}

/** "flowers.zip", "flowers.keras" or the one top folder → "flowers"; empty when there is none. */
export function suggestName({ files }: Picked): string {
  const tops = new Set(files.map(({ path }) => path.split('/')[0]!));
  const [top] = tops;
  if (tops.size !== 1 || top === undefined) return '';
  return top.replace(/\.(zip|keras|h5|hdf5|safetensors)$/i, '').replace(/[^\w.-]+/g, '-').toLowerCase();
}

export const isZip = ({ files }: Picked): boolean => files.length === 1 && /\.zip$/i.test(files[0]!.path);

export const totalBytes = ({ files }: Picked): number => files.reduce((sum, { file }) => sum + file.size, 0);

/** The folder or file everything was in, for people; "12 files" when there is no such. */
export function topOf({ files }: Picked): string {
  const tops = new Set(files.map(({ path }) => path.split('/')[0]!));
  return tops.size === 1 ? [...tops][0]! : `${files.length} files`;
}

/** Pictures without any folder have no class. */
export const hasFolders = ({ files }: Picked): boolean => files.some(({ path }) => path.includes('/'));
