import { existsSync } from 'node:fs';
import path from 'node:path';

/** The folder with nx.json above this file, bundled or not; packages and .native are looked up there. */
export function repositoryRoot(): string {
  for (let folder = __dirname; folder !== path.dirname(folder); folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, 'nx.json'))) return folder;
  }
  throw new Error(`There is no nx.json above ${__dirname}: the trainer runs from a checkout of Thaw.`);
}
