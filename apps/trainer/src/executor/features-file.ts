import { principalComponents, type SeenFeatures } from '@thaw/training';

/** Enough for a map that keeps neighbours together; 2,000 pictures then take a third of a megabyte. */
const mostDimensions = 32;

/**
 * features.json: the validation pictures as the last layer sees them, by their principal components, for a map of them.
 * Row i is of the prediction rows[i] of evaluation.json.
 */
export function featuresFile({ rows, channels, values }: SeenFeatures): Uint8Array {
  const { dimensions, values: reduced, explained } = principalComponents(values, channels, mostDimensions);
  return Buffer.from(JSON.stringify({ version: 1, rows, channels, dimensions, explained, values: littleEndian(reduced).toString('base64') }));
}

function littleEndian(values: Float32Array): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => bytes.writeFloatLE(value, index * 4));
  return bytes;
}
