/** Result of an operation. Shapes leave the batch axis out: it is always there, first, and of any length. */
export interface Value {
  name: string;
  shape: readonly number[];
}

export interface Constant {
  values: Float32Array;
  /** No batch axis; aligned to the end of the value it is combined with. */
  shape: readonly number[];
}

/** TensorFlow's two: "same" gives ⌈size ÷ stride⌉ and puts the odd zero at the end. */
export type Padding = 'same' | 'valid';
export type Pair = readonly [vertical: number, horizontal: number];

export type FunctionName = 'relu' | 'relu6' | 'leakyRelu' | 'elu' | 'selu' | 'sigmoid' | 'tanh' | 'softplus' | 'softsign' | 'erf' | 'sqrt' | 'softmax' | 'logSoftmax';
export type BinaryName = 'add' | 'sub' | 'mul' | 'div' | 'min' | 'max';

/** Pictures are [height, width, channels], kernels [height, width, in, out]; axes count without the batch axis. */
export type Operation = { output: Value; input: Value } & (
  | { kind: 'convolution'; kernel: Constant; depthwise: boolean; strides: Pair; dilations: Pair; padding: Padding }
  | { kind: 'pool'; of: 'max' | 'average'; size: Pair; strides: Pair; padding: Padding }
  | { kind: 'pad'; top: number; bottom: number; left: number; right: number }
  /** softmax and logSoftmax: over the last axis; alpha: leakyRelu's slope below zero */
  | { kind: 'function'; of: FunctionName; alpha?: number }
  | { kind: 'binary'; of: BinaryName; other: Value | Constant }
  | { kind: 'reduce'; of: 'mean' | 'max'; axes: readonly number[]; keepAxes: boolean }
  | { kind: 'multiplyMatrices'; other: Value | Constant }
  | { kind: 'reshape' }
  | { kind: 'transpose'; order: readonly number[] }
  | { kind: 'concatenate'; others: readonly Value[]; axis: number }
  | { kind: 'slice'; axis: number; from: number; to: number }
);

/** A model as a list of simple operations, each after those it reads. */
export interface Graph {
  input: Value;
  output: Value;
  operations: readonly Operation[];
}

export const isConstant = (operand: Value | Constant): operand is Constant => 'values' in operand;

export const sizeOf = (shape: readonly number[]): number => shape.reduce((product, side) => product * side, 1);

/** Zeros before and after along one axis for "same" padding. */
export function samePadding(size: number, window: number, stride: number, dilation = 1): [before: number, after: number] {
  const missing = Math.max((Math.ceil(size / stride) - 1) * stride + (window - 1) * dilation + 1 - size, 0);
  return [missing >> 1, missing - (missing >> 1)];
}
