import { bytesOf, encodeNumbers, encodePoints, type MetricPoints, type Series } from '@thaw/series';
import type { PointColumn, PointEncoding } from './metric.type';

type Columns = Series & { x?: Float64Array; smoothed?: Float64Array };
type Encoded = MetricPoints | Record<keyof Columns, string>;

/** Points that go to many subscribers are encoded once. */
const encoded: Record<PointEncoding, WeakMap<Columns, Encoded>> = { NUMBERS: new WeakMap(), BASE64: new WeakMap() };

export function encodeSeries(points: Columns, encoding: PointEncoding): Encoded {
  let found = encoded[encoding].get(points);
  if (!found) encoded[encoding].set(points, (found = encoding === 'BASE64' ? inBase64(points) : inNumbers(points)));
  return found;
}

const inNumbers = (points: Columns): MetricPoints => ({ ...encodePoints(points), ...(points.x && { x: encodeNumbers(points.x) }), ...(points.smoothed && { smoothed: encodeNumbers(points.smoothed) }) });

const inBase64 = (points: Columns) => Object.fromEntries(Object.entries(points).map(([name, column]) => [name, base64Of(column as Float64Array)])) as Record<keyof Columns, string>;

function base64Of(column: Float64Array): string {
  const bytes = bytesOf(column);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

const names: Record<PointColumn, keyof Columns> = { STEPS: 'steps', TIMES: 'times', VALUES: 'values', X: 'x', SMOOTHED: 'smoothed' };

/** x is there only when the x axis is not the step, smoothed only with smoothing. */
export const onlyColumns = (encoded: Encoded, columns: readonly PointColumn[]): Partial<Encoded> =>
  Object.fromEntries(columns.map((column) => names[column]).filter((name) => name in encoded).map((name) => [name, encoded[name]]));
