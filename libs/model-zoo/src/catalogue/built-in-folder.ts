import { existsSync } from 'node:fs';
import path from 'node:path';
import type { CatalogueEntry } from './backbone-spec';

/** Folder of a built-in backbone's committed files; works from source and from a bundle alike. */
export function builtInFolder(entry: Pick<CatalogueEntry, 'name' | 'source'>): string {
  if (entry.source !== 'BUILT_IN') throw new Error(`${entry.name} is not a built-in backbone: its files come from its address.`);
  return path.join(workspaceRoot(__dirname), 'libs/model-zoo/builtin', entry.name);
}

/** The nearest folder upwards that holds nx.json. */
export function workspaceRoot(from: string): string {
  for (let folder = from; ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, 'nx.json'))) return folder;
    if (folder === path.dirname(folder)) throw new Error(`No nx.json above ${from}: built-in backbones are read from the repository.`);
  }
}
