import type { Picked } from '../picked-files';

/** Of the File System Access API, which not every browser has and TypeScript's DOM leaves out in part. */
export interface FolderHandle extends FileSystemDirectoryHandle {
  requestPermission(options: { mode: 'read' }): Promise<PermissionState>;
}

type Chooser = (options: { mode: 'read' }) => Promise<FolderHandle>;
const chooser = () => (globalThis as { showDirectoryPicker?: Chooser }).showDirectoryPicker;

/** Kept in the browser's database, since a handle is no text: with it a reload need not ask for the folder again. */
const open = () => new Promise<IDBDatabase>((resolve, reject) => {
  const request = indexedDB.open('thaw', 1);
  request.onupgradeneeded = () => void request.result.createObjectStore('folders');
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error ?? new Error('no database'));
});

async function inStore<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T | undefined> {
  try {
    const database = await open();
    return await new Promise((resolve, reject) => {
      const request = work(database.transaction('folders', mode).objectStore('folders'));
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error('no answer'));
    });
  } catch {
    // A private window keeps nothing: the folder is chosen again then.
    return undefined;
  }
}

export const keepFolder = (project: string, handle: FolderHandle) => inStore('readwrite', (store) => store.put(handle, project));
export const keptFolder = (project: string) => inStore<FolderHandle | undefined>('readonly', (store) => store.get(project) as IDBRequest<FolderHandle | undefined>);
export const forgetFolder = (project: string) => inStore('readwrite', (store) => store.delete(project));

export const canChooseFolder = () => chooser() !== undefined;

/** null when the person chose none. */
export async function chooseFolder(): Promise<FolderHandle | null> {
  try {
    return await chooser()!({ mode: 'read' });
  } catch (error) {
    if ((error as Error).name === 'AbortError') return null;
    throw error;
  }
}

/** Every file below it; the folder's own name comes first in the paths, as an input has it. */
export async function readFolder(handle: FolderHandle): Promise<Picked> {
  const picked: Picked = { files: [], emptyFolders: [] };
  await walk(handle, handle.name, picked);
  return picked;
}

async function walk(folder: FolderHandle, path: string, picked: Picked): Promise<void> {
  let count = 0;
  for await (const child of folder.values()) {
    count++;
    if (child.kind === 'file') picked.files.push({ path: `${path}/${child.name}`, file: await (child as FileSystemFileHandle).getFile() });
    else await walk(child as FolderHandle, `${path}/${child.name}`, picked);
  }
  if (count === 0) picked.emptyFolders.push(path);
}
