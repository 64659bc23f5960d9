import { io, type NamedTensorMap } from '@tensorflow/tfjs';
import { BackboneError } from './backbone-error';
import type { ReadFile, WeightGroup } from './read-model-json';

/** Bytes per element as stored: of the quantized type where there is one. */
const bytesPerElement: Record<string, number> = { float32: 4, int32: 4, bool: 1, uint8: 1, uint16: 2, float16: 2 };

/** Every weight of the manifest as a tensor the caller disposes of. */
export async function readWeights(groups: readonly WeightGroup[], readFile: ReadFile): Promise<NamedTensorMap> {
  const problems: string[] = [];
  const parts: { group: WeightGroup; bytes: Uint8Array }[] = [];
  for (const group of groups) {
    const bytes = concatenate(await Promise.all(group.paths.map(readFile)));
    const wanted = group.weights.reduce((sum, weight) => sum + storedSize(weight), 0);
    if (bytes.length === wanted) parts.push({ group, bytes });
    else problems.push(`${group.paths.join(' + ')} is ${bytes.length} bytes, but the weights it should hold (${group.weights.map(({ name }) => name).join(', ')}) take ${wanted}. Copy the file again.`);
  }
  if (problems.length > 0) throw new BackboneError(problems);
  return Object.assign({}, ...parts.map(({ group, bytes }) => io.decodeWeights(bytes.buffer as ArrayBuffer, group.weights)));
}

function storedSize({ shape, dtype, quantization }: io.WeightsManifestEntry): number {
  return shape.reduce((product, side) => product * side, 1) * (bytesPerElement[quantization?.dtype ?? dtype] ?? Number.NaN);
}

/** Always a fresh buffer, so that its .buffer holds nothing else. */
function concatenate(chunks: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
}
