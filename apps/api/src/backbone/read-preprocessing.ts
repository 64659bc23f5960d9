import type { Preprocessing } from '@thaw/model-zoo/catalogue/index';
import { kerasModes } from '@thaw/model-zoo/keras/keras-modes';

type Scaling = Pick<Preprocessing, 'range' | 'mean' | 'std' | 'channelOrder'>;

const valid = 'Give { "range": [low, high] }, what bytes 0–255 are mapped to, such as [-1, 1]; or { "mean": [r, g, b], "std": [r, g, b] } of pictures scaled to 0–1, with "channelOrder": "bgr" for a network that takes blue first; or "tf", "torch" or "caffe", the modes of preprocess_input in Keras.';

/** What an importer says of pixel values; the message says what is valid. */
export function readScaling(value: unknown): { ok: true; scaling: Scaling } | { ok: false; message: string } {
  if (typeof value === 'string' && Object.hasOwn(kerasModes, value)) return { ok: true, scaling: kerasModes[value as 'tf'] };
  const { range, mean, std, channelOrder, ...rest } = (value ?? {}) as Record<string, unknown>;
  const unknown = Object.keys(rest).filter((key) => key !== 'inputSize' && key !== 'resize');
  if (typeof value !== 'object' || value === null || Array.isArray(value) || unknown.length > 0 || (channelOrder !== undefined && channelOrder !== 'bgr')) {
    return { ok: false, message: `preprocessing is ${JSON.stringify(value).slice(0, 200)}. ${valid}` };
  }
  const order = channelOrder === 'bgr' ? { channelOrder } as const : {};
  if (isNumbers(range, 2) && range[0]! < range[1]! && mean === undefined && std === undefined) return { ok: true, scaling: { range: range as [number, number], ...order } };
  if (isNumbers(mean, 3) && isNumbers(std, 3) && std.every((each) => each > 0) && range === undefined) {
    return { ok: true, scaling: { mean: mean as [number, number, number], std: std as [number, number, number], ...order } };
  }
  return { ok: false, message: `preprocessing is ${JSON.stringify(value).slice(0, 200)}. ${valid}` };
}

const isNumbers = (value: unknown, length: number): value is number[] => Array.isArray(value) && value.length === length && value.every((each) => Number.isFinite(each));
