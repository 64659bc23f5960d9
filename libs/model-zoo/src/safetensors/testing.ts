import * as tf from '@tensorflow/tfjs';
import type { Architecture } from '../architectures';
import { torchWeights } from './torch-weights';
import { safetensorsHeader } from './write-safetensors';

export interface WrittenTensor {
  name: string;
  dtype?: string;
  shape: number[];
  /** default: zeros, four bytes per element */
  bytes?: Uint8Array;
}

/** A .safetensors file, its header as `edit` leaves it. */
export function safetensorsFile(tensors: readonly WrittenTensor[], edit: (header: Record<string, Record<string, unknown>>) => void = () => {}): Buffer {
  const header: Record<string, Record<string, unknown>> = { __metadata__: { format: 'pt' } };
  const parts: Uint8Array[] = [];
  let offset = 0;
  for (const { name, dtype = 'F32', shape, bytes = new Uint8Array(4 * tf.util.sizeFromShape(shape)) } of tensors) {
    header[name] = { dtype, shape, data_offsets: [offset, offset += bytes.length] };
    parts.push(bytes);
  }
  edit(header);
  return Buffer.concat([safetensorsHeader(header), ...parts]);
}

/** Every tensor of an architecture as PyTorch names and shapes it, all zeros, variances included. */
export function tensorsOf(architecture: Architecture): WrittenTensor[] {
  const model = architecture.build(tf);
  const tensors = torchWeights(model).map(({ tensorName, stored }) => ({ name: tensorName, shape: stored }));
  model.dispose();
  return tensors;
}
