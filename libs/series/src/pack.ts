import { deflateSync, inflateSync } from 'fflate';
import { floatsOf } from './base64';
import { crc32 } from './crc32';
import type { Series } from './numbers';
import { floatsFromPlanes, floatsToPlanes, wholesFromPlanes, wholesToPlanes } from './planes';
import { fromWholeNumbers, toWholeNumbers, type WholeNumbers } from './whole-numbers';

/*
 * The first byte names the format.
 *   0  Columns of float64 as they are: what the first release stored.
 *   1  crc32 of all that follows it (4 bytes), flags (1), count (4), width of steps and of times (1 each), then start and
 *      stride (float64) of each column of whole numbers, then the byte planes of steps, times and values. With the flag
 *      `compact` each plane is preceded by how it is kept (one byte each), and those to be deflated come last, as one stream.
 * All numbers are little-endian, and every format gives back the very numbers it was given.
 */
const rawFormat = 0;
const planeFormat = 1;
const fixedSize = 12;

const flag = { wholeSteps: 1, singleValues: 2, compact: 4, scaleShift: 3 } as const;
/** Times as whole numbers of these parts of a second; 0: as float64. */
const scales = [0, 1000, 1_000_000, 1] as const;

const kept = { asItIs: 0, deflated: 1, sameByte: 2 } as const;

export class DamagedSeries extends Error {}

/** `compact` deflates what is worth it: for chunks that stay. Without it packing is quick: for chunks that soon become part of a larger one. */
export function packSeries(series: Series, { compact = false } = {}): Uint8Array {
  const count = series.steps.length;
  const steps = toWholeNumbers(series.steps, 1);
  const [scale, times] = wholeTimes(series.times);
  const values = inSinglePrecision(series.values) ?? series.values;
  const sizes = [steps?.width ?? 8, times?.width ?? 8, values.BYTES_PER_ELEMENT];
  const planes = new Uint8Array((sizes[0]! + sizes[1]! + sizes[2]!) * count);
  writeColumn(steps, series.steps, planes, 0);
  writeColumn(times, series.times, planes, sizes[0]! * count);
  floatsToPlanes(values, planes, (sizes[0]! + sizes[1]!) * count);

  const body = compact ? squeeze(planes, count) : [planes];
  const headerSize = fixedSize + (steps ? 16 : 0) + (times ? 16 : 0);
  const bytes = new Uint8Array(body.reduce((size, part) => size + part.length, headerSize));
  const view = new DataView(bytes.buffer);
  view.setUint8(0, planeFormat);
  view.setUint8(5, (steps ? flag.wholeSteps : 0) | (values.BYTES_PER_ELEMENT === 4 ? flag.singleValues : 0) | (compact ? flag.compact : 0) | (scale << flag.scaleShift));
  view.setUint32(6, count, true);
  view.setUint8(10, sizes[0]!);
  view.setUint8(11, sizes[1]!);
  let at: number = fixedSize;
  for (const whole of [steps, times]) {
    if (!whole) continue;
    view.setFloat64(at, whole.start, true);
    view.setFloat64(at + 8, whole.stride, true);
    at += 16;
  }
  for (const part of body) {
    bytes.set(part, at);
    at += part.length;
  }
  view.setUint32(1, crc32(bytes, 5), true);
  return bytes;
}

function wholeTimes(times: Float64Array): [scale: number, WholeNumbers | null] {
  for (const scale of [1, 2]) {
    const whole = toWholeNumbers(times, scales[scale]!);
    if (whole) return [scale, whole];
  }
  return [0, null];
}

function inSinglePrecision(values: Float64Array): Float32Array | null {
  const single = new Float32Array(values.length);
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    single[index] = value;
    if (single[index] !== value && value === value) return null;
  }
  return single;
}

function writeColumn(whole: WholeNumbers | null, column: Float64Array, planes: Uint8Array, at: number): void {
  if (whole) wholesToPlanes(whole.distances, whole.width, planes, at);
  else floatsToPlanes(column, planes, at);
}

function squeeze(planes: Uint8Array, count: number): Uint8Array[] {
  const kinds: number[] = [];
  const asTheyAre: Uint8Array[] = [];
  const toDeflate: Uint8Array[] = [];
  for (let at = 0; at < planes.length; at += count) {
    const plane = planes.subarray(at, at + count);
    const entropy = entropyOf(plane);
    const kind = entropy === 0 ? kept.sameByte : entropy > 7.6 ? kept.asItIs : kept.deflated;
    kinds.push(kind);
    if (kind === kept.sameByte) asTheyAre.push(plane.subarray(0, 1));
    else (kind === kept.deflated ? toDeflate : asTheyAre).push(plane);
  }
  return [Uint8Array.from(kinds), ...asTheyAre, ...(toDeflate.length > 0 ? [deflateSync(concat(toDeflate), { level: 4, mem: 4 })] : [])];
}

const occurrences = new Uint32Array(256);

/** Bits that a byte carries at least, when each is coded by itself: near 8 for noise, which deflating would only slow down. */
function entropyOf(plane: Uint8Array): number {
  occurrences.fill(0);
  for (let index = 0; index < plane.length; index++) occurrences[plane[index]!]!++;
  let bits = 0;
  for (let byte = 0; byte < 256; byte++) {
    const times = occurrences[byte]!;
    if (times > 0) bits += times * Math.log2(plane.length / times);
  }
  return bits / plane.length;
}

function concat(parts: Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** Throws DamagedSeries for bytes that packSeries did not make. */
export function unpackSeries(bytes: Uint8Array): Series {
  if (bytes.length === 0) throw new DamagedSeries('A packed series is empty; it has at least one byte.');
  if (bytes[0] === rawFormat) return unpackRaw(bytes);
  if (bytes[0] !== planeFormat) throw new DamagedSeries(`A packed series begins with ${bytes[0]}; the formats known are ${rawFormat} and ${planeFormat}. It is damaged, or a newer Thaw wrote it.`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < fixedSize || view.getUint32(1, true) !== crc32(bytes, 5)) throw new DamagedSeries(`A packed series of ${bytes.length} bytes does not match its checksum: it is damaged or cut off.`);
  const flags = view.getUint8(5);
  const count = view.getUint32(6, true);
  const [stepWidth, timeWidth, valueSize] = [view.getUint8(10), view.getUint8(11), flags & flag.singleValues ? 4 : 8];
  let at = fixedSize;
  const readStart = () => ({ start: view.getFloat64((at += 16) - 16, true), stride: view.getFloat64(at - 8, true) });
  const scale = scales[(flags >> flag.scaleShift) & 3]!;
  const steps = flags & flag.wholeSteps ? readStart() : null;
  const times = scale ? readStart() : null;
  const body = bytes.subarray(at);
  const size = (stepWidth + timeWidth + valueSize) * count;
  const planes = flags & flag.compact ? unsqueeze(body, stepWidth + timeWidth + valueSize, count) : body;
  if (planes.length !== size) throw new DamagedSeries(`A packed series of ${count} points has ${planes.length} bytes of columns instead of ${size}.`);
  const readColumn = (whole: { start: number; stride: number } | null, width: number, from: number, by: number) =>
    whole ? fromWholeNumbers({ ...whole, distances: wholesFromPlanes(count, width, planes, from) }, by) : readFloats(new Float64Array(count), planes, from);
  return {
    steps: readColumn(steps, stepWidth, 0, 1),
    times: readColumn(times, timeWidth, stepWidth * count, scale),
    values: Float64Array.from(readFloats(valueSize === 4 ? new Float32Array(count) : new Float64Array(count), planes, (stepWidth + timeWidth) * count)),
  };
}

function readFloats<Column extends Float64Array | Float32Array>(column: Column, planes: Uint8Array, at: number): Column {
  floatsFromPlanes(column, planes, at);
  return column;
}

function unsqueeze(body: Uint8Array, planeCount: number, count: number): Uint8Array {
  const planes = new Uint8Array(planeCount * count);
  const deflated: number[] = [];
  let at = planeCount;
  for (let plane = 0; plane < planeCount; plane++) {
    const kind = body[plane];
    if (kind === kept.deflated) deflated.push(plane);
    else if (kind === kept.sameByte) planes.fill(body[at++]!, plane * count, (plane + 1) * count);
    else {
      planes.set(body.subarray(at, at + count), plane * count);
      at += count;
    }
  }
  if (deflated.length === 0) return planes;
  const inflated = inflateSync(body.subarray(at), { out: new Uint8Array(deflated.length * count) });
  deflated.forEach((plane, index) => planes.set(inflated.subarray(index * count, (index + 1) * count), plane * count));
  return planes;
}

function unpackRaw(bytes: Uint8Array): Series {
  const size = (bytes.length - 1) / 3;
  if (size % 8 !== 0) throw new DamagedSeries(`A packed series of ${bytes.length} bytes is cut off: three columns of float64 after the first byte make 1 + a multiple of 24.`);
  const read = (index: number) => floatsOf(bytes.subarray(1 + index * size, 1 + (index + 1) * size));
  const series = { steps: read(0), times: read(1), values: read(2) };
  // This format has no checksum; but damage rarely leaves whole steps and finite times.
  if (!series.steps.every(Number.isSafeInteger) || !series.times.every(Number.isFinite)) throw new DamagedSeries('A packed series has steps that are not whole or times that are not finite: it is damaged.');
  return series;
}
