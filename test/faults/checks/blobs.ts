import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, utimesSync } from 'node:fs';
import path from 'node:path';
import type { Installation } from '../installation';
import type { Verdict } from './verdict';

const referred = `
  select sha256, null as size from picture
  union select file ->> 'sha256', file ->> 'size' from artifact cross join jsonb_array_elements(files) file
  union select file ->> 'sha256', file ->> 'size' from backbone cross join jsonb_array_elements(files) file
  union select file ->> 'sha256', file ->> 'size' from checkpoint cross join jsonb_array_elements(files) file`;

/** Every file that something refers to is whole; and gc, a day later, leaves no other. */
export async function checkBlobs(installation: Installation): Promise<Verdict[]> {
  const before = await installation.sql<{ sha256: string; size: string | null }>(referred);
  const torn = before.flatMap(({ sha256, size }) => problemOf(installation, sha256, size));

  makeOld(installation);
  await installation.sql("update blob set created_at = created_at - interval '1 day'");
  const { collectGarbage } = await installation.gql<{ collectGarbage: { notes: string[]; userErrors: { message: string }[] } }>('mutation { collectGarbage { notes userErrors { message } } }');
  const after = new Set((await installation.sql<{ sha256: string }>(referred)).map(({ sha256 }) => sha256));
  const files = listFiles(installation);
  const orphans = [
    ...collectGarbage.userErrors.map(({ message }) => message),
    ...files.filter((file) => !after.has(path.basename(file))).map((file) => `${file} is left, and nothing refers to it.`),
    ...[...after].filter((sha256) => !files.some((file) => path.basename(file) === sha256)).map((sha256) => `gc took ${sha256}, which is referred to.`),
  ];
  return [
    { name: 'referred files that are whole', unit: 'files', checked: before.length, problems: torn },
    { name: 'files left by gc that something refers to', unit: 'files', checked: files.length, problems: orphans },
  ];
}

function problemOf({ home }: Installation, sha256: string, size: string | null): string[] {
  try {
    const bytes = readFileSync(path.join(home, 'blobs', sha256.slice(0, 2), sha256));
    const found = createHash('sha256').update(bytes).digest('hex');
    if (found !== sha256) return [`${sha256} is torn: its ${bytes.length} bytes have sha256 ${found}.`];
    return size !== null && Number(size) !== bytes.length ? [`${sha256} has ${bytes.length} bytes, and ${size} are noted.`] : [];
  } catch (error) {
    return [`${sha256} is missing: ${(error as Error).message}`];
  }
}

/** Relative to the folder of blobs, temporary ones included. */
function listFiles({ home }: Installation): string[] {
  const folder = path.join(home, 'blobs');
  return readdirSync(folder, { recursive: true }).map(String).filter((file) => statSync(path.join(folder, file)).isFile());
}

/** gc leaves young files alone: their upload may be under way. Let a day pass. */
function makeOld(installation: Installation): void {
  const yesterday = new Date(Date.now() - 24 * 3600 * 1000);
  for (const file of listFiles(installation)) utimesSync(path.join(installation.home, 'blobs', file), yesterday, yesterday);
}
