import { pathProblem } from '../dataset/source-path';

/** model.json's weight files, relative to its folder, each once; null when it names none or is no LayersModel. */
export function shardPaths(modelJson: Uint8Array): string[] | null {
  try {
    const { weightsManifest } = JSON.parse(new TextDecoder().decode(modelJson)) as { weightsManifest: { paths: string[] }[] };
    const paths = [...new Set(weightsManifest.flatMap((group) => group.paths))];
    return paths.every((path) => typeof path === 'string' && path !== '' && !pathProblem(path)) ? paths : null;
  } catch {
    return null;
  }
}

/** The model.json of an imported folder: the one that lies highest. */
export function findModelJson<File extends { path: string }>(files: readonly File[]): File | null {
  const candidates = files.filter(({ path }) => path === 'model.json' || path.endsWith('/model.json'));
  return candidates.sort((a, b) => a.path.length - b.path.length)[0] ?? null;
}
