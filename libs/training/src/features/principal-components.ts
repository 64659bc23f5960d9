import { Matrix, QrDecomposition, SingularValueDecomposition } from 'ml-matrix';
import { randomStream } from '../random';

export interface Components {
  dimensions: number;
  /** [rows, dimensions], the direction of the largest variance first */
  values: Float32Array;
  /** Share of the variance that the dimensions keep, 0 to 1; 1 when there is none to keep. */
  explained: number;
}

/** Directions sought beside those wanted, and passes that sharpen them (Halko, Martinsson and Tropp 2011, algorithm 4.4). */
const [oversampling, passes] = [8, 4];

/**
 * Principal components of [rows, channels]: by a randomised singular value decomposition, because the whole one of
 * 2,000 × 2,000 takes a minute. The same numbers in give the same numbers out.
 */
export function principalComponents(values: Float32Array, channels: number, most: number): Components {
  const rows = values.length / channels;
  const centred = centredMatrix(values, rows, channels);
  const variance = sumOfSquares(centred);
  const dimensions = Math.min(most, rows, channels);
  if (!(variance > 0) || !Number.isFinite(variance)) return { dimensions, values: new Float32Array(rows * dimensions), explained: 1 };
  const random = randomStream(1, 'principal components');
  const sought = Math.min(dimensions + oversampling, rows, channels);
  const transposed = centred.transpose();
  let basis = orthonormal(centred.mmul(new Matrix(Array.from({ length: channels }, () => Array.from({ length: sought }, () => random() - 0.5)))));
  for (let pass = 0; pass < passes; pass++) basis = orthonormal(centred.mmul(orthonormal(transposed.mmul(basis))));
  const { leftSingularVectors, diagonal } = new SingularValueDecomposition(basis.transpose().mmul(centred), { autoTranspose: true });
  const directions = basis.mmul(leftSingularVectors);

  const scores = new Float32Array(rows * dimensions);
  for (let column = 0; column < dimensions; column++) {
    const scale = diagonal[column]! * signOf(directions, column);
    for (let row = 0; row < rows; row++) scores[row * dimensions + column] = directions.get(row, column) * scale;
  }
  const kept = diagonal.slice(0, dimensions).reduce((sum, value) => sum + value ** 2, 0);
  return { dimensions, values: scores, explained: Math.min(1, kept / variance) };
}

function centredMatrix(values: Float32Array, rows: number, channels: number): Matrix {
  const matrix = Matrix.from1DArray(rows, channels, [...values]);
  return matrix.subRowVector(matrix.mean('column'));
}

const orthonormal = (matrix: Matrix) => new QrDecomposition(matrix).orthogonalMatrix;

function sumOfSquares(matrix: Matrix): number {
  let sum = 0;
  for (let row = 0; row < matrix.rows; row++) for (let column = 0; column < matrix.columns; column++) sum += matrix.get(row, column) ** 2;
  return sum;
}

/** A direction and its opposite are the same component: the picture furthest out is on the positive side. */
function signOf(directions: Matrix, column: number): 1 | -1 {
  let furthest = 0;
  for (let row = 0; row < directions.rows; row++) {
    const value = directions.get(row, column);
    if (Math.abs(value) > Math.abs(furthest)) furthest = value;
  }
  return furthest < 0 ? -1 : 1;
}
