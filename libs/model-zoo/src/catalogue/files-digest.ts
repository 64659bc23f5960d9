import { createHash } from 'node:crypto';

/** sha256 (hex) over the lines "<sha256>  <path>\n" sorted by path: one digest for a set of files, as `sha256sum | sha256sum` would give. */
export function filesDigest(files: readonly { path: string; sha256: string }[]): string {
  const lines = [...files].sort((a, b) => (a.path < b.path ? -1 : 1)).map(({ path, sha256 }) => `${sha256}  ${path}\n`);
  return createHash('sha256').update(lines.join('')).digest('hex');
}
