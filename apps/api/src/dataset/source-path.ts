/** Why a path may not be used; null when it stays inside its folder. */
export function pathProblem(path: string): string | null {
  if (path.includes('\\')) return 'has a backslash: paths are written with forward slashes';
  if (/^[a-zA-Z]:/.test(path)) return 'starts with a drive letter: paths are relative to the dataset’s folder';
  if (path.startsWith('/')) return 'is absolute: paths are relative to the dataset’s folder';
  if (path.split('/').includes('..')) return 'leaves its folder through ".."';
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u001f\u007f]/.test(path)) return 'has control characters';
  if (path.length > 1000) return 'is longer than 1000 characters';
  return null;
}

/** "./a//b/" → "a/b", in composed Unicode so that names zipped on a Mac equal those typed elsewhere. */
export function tidyPath(path: string): string {
  return path.normalize('NFC').split('/').filter((part) => part !== '' && part !== '.').join('/');
}

const systemFiles = new Set(['thumbs.db', 'desktop.ini', '__macosx']);
const pictureEndings = new Set(['jpg', 'jpeg', 'png', 'webp', 'gif', 'avif', 'tif', 'tiff']);
const unreadPictureEndings = new Set(['bmp', 'heic', 'svg', 'psd', 'raw', 'ico', 'jxl', 'jp2']);

/** Why a file is left out, told from its name alone; null when it looks like a picture. */
export function skipReason(path: string): string | null {
  const parts = path.split('/');
  if (parts.some((part) => part.startsWith('.'))) return 'hidden file';
  if (parts.some((part) => systemFiles.has(part.toLowerCase()))) return 'system file';
  const name = parts.at(-1)!;
  const ending = name.includes('.') ? name.split('.').at(-1)!.toLowerCase() : '';
  if (pictureEndings.has(ending)) return null;
  if (unreadPictureEndings.has(ending)) return `.${ending} is not read; convert it to JPEG or PNG`;
  return 'not a picture (its name ends in none of .jpg .jpeg .png .webp .gif .avif .tif .tiff)';
}
