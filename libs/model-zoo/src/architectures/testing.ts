import * as tf from '@tensorflow/tfjs';
import type { Architecture } from './architecture';

/** What PyTorch computes with weights filled from their names; written by scripts/goldens.py. */
export interface Golden {
  family: Architecture['family'];
  name: string;
  /** Parameters; running statistics are none. */
  parameters: number;
  /** The shape of every tensor of floats, by name, in PyTorch's order. */
  state_dict: Record<string, number[]>;
  logits: number[];
}

/** The golden's weights as the bytes of a .safetensors file. */
export function goldenFile({ state_dict: shapes }: Pick<Golden, 'state_dict'>): Buffer {
  const header: Record<string, object> = {};
  let offset = 0;
  for (const [name, shape] of Object.entries(shapes)) header[name] = { dtype: 'F32', shape, data_offsets: [offset, offset += 4 * tf.util.sizeFromShape(shape)] };
  const json = JSON.stringify(header);
  const head = Buffer.from(json.padEnd(Math.ceil(json.length / 8) * 8));
  const file = Buffer.alloc(8 + head.length + offset);
  file.writeBigUInt64LE(BigInt(head.length));
  head.copy(file, 8);
  let at = 8 + head.length;
  for (const [name, shape] of Object.entries(shapes)) {
    const values = new Float32Array(file.buffer, file.byteOffset + at, tf.util.sizeFromShape(shape));
    const [scale, shift] = distribution(name, shape, shapes);
    fillUniform(name, values, scale, shift);
    at += values.byteLength;
  }
  return file;
}

/** The golden's picture, [1, 224, 224, 3], from −1 to 1. */
export function goldenPicture(): tf.Tensor4D {
  const values = new Float32Array(3 * 224 * 224);
  fillUniform('input', values, 2, -1);
  return tf.tidy(() => tf.transpose(tf.tensor4d(values, [1, 3, 224, 224]), [0, 2, 3, 1]));
}

/** A tensor is u · scale + shift for uniform u. */
function distribution(name: string, shape: number[], shapes: Golden['state_dict']): [scale: number, shift: number] {
  if (shape.length >= 2) {
    const most = 1.2 * Math.sqrt(3 / (tf.util.sizeFromShape(shape) / shape[0]!));
    return [2 * most, -most];
  }
  const isNormWeight = name.endsWith('.weight') && name.replace(/weight$/, 'running_var') in shapes;
  return isNormWeight || name.endsWith('.running_var') ? [1, 0.5] : [0.2, -0.1];
}

/** mulberry32, seeded with the 32-bit FNV-1a of the name. */
function fillUniform(name: string, values: Float32Array, scale: number, shift: number): void {
  // Looked up once: jest makes every look at a global slow, and a golden of VGG takes 400 million.
  const { imul } = Math;
  let state = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(name)) state = imul(state ^ byte, 0x01000193);
  for (let index = 0; index < values.length; index++) {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + imul(mixed ^ (mixed >>> 7), mixed | 61);
    values[index] = (((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * scale + shift;
  }
}
