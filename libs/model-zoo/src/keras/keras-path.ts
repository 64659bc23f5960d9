/** The file of Keras to load when a backbone is one; null when it is not, or when there is a model.json. */
export function kerasPath(files: readonly { path: string }[]): string | null {
  const paths = files.map(({ path }) => path);
  if (paths.some((path) => path === 'model.json' || path.endsWith('/model.json'))) return null;
  const models = paths.filter((path) => /\.(h5|hdf5|keras)$/i.test(path));
  return models.length === 1 ? models[0]! : null;
}
