import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';

export interface SourceFile {
  /** relative to the folder, forward slashes */
  path: string;
  absolute: string;
}

export interface SourceFolder {
  files: SourceFile[];
  /** folders with nothing in them, so that an empty class can be reported */
  emptyFolders: string[];
  /** Names the operating system or a tool left there; they never leave this machine. */
  hidden: string[];
}

const isHidden = (name: string) => name.startsWith('.') || ['__MACOSX', 'Thumbs.db', 'desktop.ini'].includes(name);

/** Every file below a folder, sorted, links followed (a link to a folder above itself is not). */
export async function listFolder(root: string): Promise<SourceFolder> {
  const found: SourceFolder = { files: [], emptyFolders: [], hidden: [] };
  await walk(root, '', [await realpath(root)], found);
  return found;
}

async function walk(folder: string, prefix: string, ancestors: readonly string[], found: SourceFolder): Promise<void> {
  let visible = 0;
  for (const name of (await readdir(folder)).sort()) {
    const absolute = path.join(folder, name);
    const relative = prefix + name;
    if (isHidden(name)) {
      found.hidden.push(relative);
      continue;
    }
    visible += 1;
    const { isFile, isDirectory } = await kindOf(absolute);
    if (isFile) found.files.push({ path: relative, absolute });
    if (!isDirectory) continue;
    const real = await realpath(absolute);
    if (!ancestors.includes(real)) await walk(absolute, `${relative}/`, [...ancestors, real], found);
  }
  if (visible === 0 && prefix !== '') found.emptyFolders.push(prefix.slice(0, -1));
}

async function kindOf(absolute: string): Promise<{ isFile: boolean; isDirectory: boolean }> {
  try {
    const entry = await stat(absolute);
    return { isFile: entry.isFile(), isDirectory: entry.isDirectory() };
  } catch (error) {
    // A link to nowhere is no file.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { isFile: false, isDirectory: false };
    throw error;
  }
}

/** What a path on the command line is; null when there is nothing. */
export async function sourceKind(source: string): Promise<'file' | 'folder' | null> {
  const { isFile, isDirectory } = await kindOf(source);
  return isFile ? 'file' : isDirectory ? 'folder' : null;
}
