import { readJson, show } from './read-json';

export interface StoredMatrix {
  classes: string[];
  /** Rows: true class, columns: predicted class. */
  matrix: number[][];
}

const mostClasses = 1000;

/** A file of kind CONFUSION_MATRIX; throws an Error that says what is wrong with it and where. */
export function readMatrix(bytes: Uint8Array): StoredMatrix {
  const stored = readJson(bytes) as Partial<StoredMatrix> | null;
  if (typeof stored !== 'object' || stored === null || !Array.isArray(stored.classes) || !Array.isArray(stored.matrix)) {
    throw new Error('it has no classes or no matrix. A confusion matrix is { "classes": ["cat", "dog"], "matrix": [[8, 2], [1, 9]] }, a row for each true class');
  }
  const { classes, matrix } = stored as StoredMatrix;
  if (classes.length === 0 || classes.length > mostClasses) throw new Error(`it has ${classes.length} classes; it must have 1 to ${mostClasses}`);
  const unnamed = classes.findIndex((name) => typeof name !== 'string');
  if (unnamed !== -1) throw new Error(`classes.${unnamed} is ${show(classes[unnamed])}; the name of a class is a text`);
  if (matrix.length !== classes.length) throw new Error(`its matrix has ${matrix.length} rows for ${classes.length} classes; it must be square, with a row and a column for each class`);
  matrix.forEach((row, index) => {
    if (!Array.isArray(row) || row.length !== classes.length) throw new Error(`matrix.${index} has ${Array.isArray(row) ? row.length : 'no'} values for ${classes.length} classes; give one for each`);
    const odd = row.findIndex((count) => typeof count !== 'number' || !Number.isFinite(count) || count < 0);
    if (odd !== -1) throw new Error(`matrix.${index}.${odd} is ${show(row[odd])}; it must be a number of pictures, or a share of them`);
  });
  return { classes, matrix };
}
