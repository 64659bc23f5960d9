/** The weight file to load when a backbone is not a tfjs LayersModel; null when it is, or looks like one. */
export function safetensorsPath(files: readonly { path: string }[]): string | null {
  const paths = files.map(({ path }) => path);
  if (paths.some((path) => path === 'model.json' || path.endsWith('/model.json'))) return null;
  const weights = paths.filter((path) => path.endsWith('.safetensors'));
  return weights.length === 1 ? weights[0]! : null;
}
