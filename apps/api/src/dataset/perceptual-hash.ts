import { createHash } from 'node:crypto';
import type { Sharp } from 'sharp';

/**
 * Pictures whose hashes differ in at most so many of 64 bits are near duplicates; docs/decisions/near-duplicates.md has
 * the measurements behind it.
 */
export const nearDistance = 8;

const side = 32;
const kept = 8;
/** Grey levels (root mean square) that the kept frequencies must make up between them to say anything about a picture. */
const leastStructure = 1;

/** cos((2n + 1) kπ / 64) for k = 1 … 8: the frequencies above the constant one, which brightness alone decides. */
const cosines = Array.from({ length: kept }, (_, k) => Float64Array.from({ length: side }, (_, n) => Math.cos(((2 * n + 1) * (k + 1) * Math.PI) / (2 * side))));

/** 64 bits, as a signed integer, that stay much the same when a picture is re-encoded, resized or made brighter. */
export async function perceptualHash(picture: Sharp): Promise<bigint> {
  // From every pixel, not from a JPEG's own reduction: that alone would move a hash by 3 bits against the same picture as PNG.
  const rgb = await picture.clone().flatten({ background: '#808080' }).toColourspace('srgb').resize(side, side, { fit: 'fill', fastShrinkOnLoad: false }).raw().toBuffer();
  const channels = rgb.length / (side * side);
  const luma = Float64Array.from({ length: side * side }, (_, at) => {
    const pixel = at * channels;
    return channels < 3 ? rgb[pixel]! : 0.299 * rgb[pixel]! + 0.587 * rgb[pixel + 1]! + 0.114 * rgb[pixel + 2]!;
  });
  const frequencies = lowFrequencies(luma);
  const structure = Math.sqrt(frequencies.reduce((sum, value) => sum + value * value, 0)) / side;
  return structure < leastStructure ? hashOfColours(rgb, channels) : hashOfStructure(frequencies);
}

/** The 8 × 8 lowest frequencies of an orthonormal cosine transform, those that are constant along either axis left out. */
function lowFrequencies(luma: Float64Array): Float64Array {
  const rows = new Float64Array(side * kept);
  for (let y = 0; y < side; y++) {
    for (let k = 0; k < kept; k++) {
      for (let x = 0; x < side; x++) rows[y * kept + k]! += luma[y * side + x]! * cosines[k]![x]!;
    }
  }
  const frequencies = new Float64Array(kept * kept);
  for (let v = 0; v < kept; v++) {
    for (let k = 0; k < kept; k++) {
      for (let y = 0; y < side; y++) frequencies[v * kept + k]! += (rows[y * kept + k]! * cosines[v]![y]! * 2) / side;
    }
  }
  return frequencies;
}

function hashOfStructure(frequencies: Float64Array): bigint {
  const mean = frequencies.reduce((sum, value) => sum + value, 0) / frequencies.length;
  return BigInt.asIntN(64, frequencies.reduce((bits, value) => (bits << 1n) | (value > mean ? 1n : 0n), 0n));
}

/**
 * A flat picture, or one that only shades off along one axis, has no structure, and noise would decide its bits. Its hash
 * tells the mean colours of its quarters instead, scattered by sha256: equal colours are alike, others are not.
 */
function hashOfColours(rgb: Buffer, channels: number): bigint {
  const quarters = Array.from({ length: 4 * channels }, () => 0);
  for (let at = 0; at < rgb.length; at++) {
    const pixel = Math.floor(at / channels);
    const quarter = (pixel >= (side * side) / 2 ? 2 : 0) + (pixel % side >= side / 2 ? 1 : 0);
    quarters[quarter * channels + (at % channels)]! += rgb[at]!;
  }
  const means = quarters.map((sum) => Math.round(sum / ((side * side) / 4)));
  return createHash('sha256').update(means.join(' ')).digest().readBigInt64BE();
}
