import { isUnprintable } from '@thaw/series';
import type { FileInput } from '../dataset/dataset.input';
import { pathProblem } from '../dataset/source-path';
import { type UserError, userError } from '../errors';

/** Files that were uploaded before; what: "An artifact". */
export function fileProblems(what: string, files: readonly FileInput[], sizes: ReadonlyMap<string, number>): UserError[] {
  if (files.length === 0) return [userError('files', 'NO_FILES', `${what} has at least one file.`)];
  const problems: UserError[] = [];
  const seen = new Set<string>();
  for (const { path, sha256 } of files) {
    const problem = path === '' ? 'is empty' : isUnprintable(path) ? 'has half a character or a control character in it' : pathProblem(path);
    if (problem) problems.push(userError('files', 'PATH_ESCAPES', `"${path}" ${problem}.`));
    if (seen.has(path)) problems.push(userError('files', 'DUPLICATE_PATH', `"${path}" is there twice. Each file needs a path of its own.`));
    seen.add(path);
    if (!sizes.has(sha256)) problems.push(userError('files', 'MISSING_BLOB', `"${path}" (${sha256.slice(0, 64)}) is not uploaded. Send it with POST /blobs first and give the sha256 it answers.`));
  }
  return problems;
}
