import { z } from 'zod';
import { readJson } from './read-json';

const schema = z.object({
  /** Row i is of this prediction of evaluation.json. */
  rows: z.array(z.int().min(0)).max(100_000),
  channels: z.int().min(1),
  dimensions: z.int().min(1).max(1024),
  explained: z.number(),
  values: z.base64(),
});

export interface StoredFeatures extends Omit<z.output<typeof schema>, 'values'> {
  /** [rows, dimensions], little-endian floats */
  values: Buffer;
}

/** features.json as a trainer wrote it; throws an Error that says what is wrong with it. */
export function readFeatures(bytes: Uint8Array): StoredFeatures {
  const parsed = schema.safeParse(readJson(bytes));
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!;
    throw new Error(`${path.join('.') || 'the file'}: ${message}`);
  }
  const { rows, dimensions } = parsed.data;
  const values = Buffer.from(parsed.data.values, 'base64');
  const expected = rows.length * dimensions * 4;
  if (values.length !== expected) throw new Error(`values: ${values.length} bytes; ${rows.length} rows of ${dimensions} floats have ${expected}`);
  return { ...parsed.data, values };
}
