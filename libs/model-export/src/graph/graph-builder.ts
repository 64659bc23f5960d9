import { sizeOf, type BinaryName, type Constant, type FunctionName, type Graph, type Operation, type Padding, type Pair, type Value } from './graph';

type Draft<O = Operation> = O extends Operation ? Omit<O, 'output' | 'input'> : never;

interface Window {
  strides: Pair;
  padding: Padding;
}

/** Collects operations and works out their shapes. Names are made unique and safe for both formats. */
export class GraphBuilder {
  private readonly operations: Operation[] = [];
  private readonly taken = new Set<string>();
  /** Begins the names of the operations that follow. */
  layer = '';

  input(name: string, shape: readonly number[]): Value {
    return { name: this.unique(name), shape };
  }

  convolution(x: Value, kernel: Constant, options: Window & { dilations: Pair; depthwise: boolean }): Value {
    const [height, width, inputs, outputs] = kernel.shape as [number, number, number, number];
    const sides = windowed(x.shape, [height, width], options.strides, options.padding, options.dilations);
    return this.push(x, [...sides, options.depthwise ? inputs * outputs : outputs], { kind: 'convolution', kernel, ...options });
  }

  pool(x: Value, of: 'max' | 'average', size: Pair, { strides, padding }: Window): Value {
    return this.push(x, [...windowed(x.shape, size, strides, padding), x.shape[2]!], { kind: 'pool', of, size, strides, padding });
  }

  pad(x: Value, zeros: { top: number; bottom: number; left: number; right: number }): Value {
    const [height, width, channels] = x.shape as [number, number, number];
    return this.push(x, [height + zeros.top + zeros.bottom, width + zeros.left + zeros.right, channels], { kind: 'pad', ...zeros });
  }

  apply(of: FunctionName, x: Value, alpha?: number): Value {
    return this.push(x, x.shape, { kind: 'function', of, alpha });
  }

  /** Element by element, axes of length 1 repeated. */
  combine(of: BinaryName, x: Value, other: Value | Constant | number): Value {
    const operand = typeof other === 'number' ? { values: Float32Array.of(other), shape: [] } : other;
    return this.push(x, broadcast(x.shape, operand.shape), { kind: 'binary', of, other: operand });
  }

  reduce(of: 'mean' | 'max', x: Value, axes: readonly number[], keepAxes = false): Value {
    const shape = x.shape.flatMap((side, axis) => (axes.includes(axis) ? (keepAxes ? [1] : []) : [side]));
    return this.push(x, shape, { kind: 'reduce', of, axes, keepAxes });
  }

  /** [… n, k] × [… k, m]; a constant may lack the leading axes. */
  multiplyMatrices(x: Value, other: Value | Constant): Value {
    return this.push(x, [...x.shape.slice(0, -1), other.shape.at(-1)!], { kind: 'multiplyMatrices', other });
  }

  reshape(x: Value, shape: readonly number[]): Value {
    if (sizeOf(x.shape) !== sizeOf(shape)) throw new Error(`[${x.shape.join(', ')}] does not reshape to [${shape.join(', ')}].`);
    return this.push(x, shape, { kind: 'reshape' });
  }

  transpose(x: Value, order: readonly number[]): Value {
    return this.push(x, order.map((axis) => x.shape[axis]!), { kind: 'transpose', order });
  }

  concatenate([x, ...others]: readonly Value[], axis: number): Value {
    const length = [x!, ...others].reduce((sum, { shape }) => sum + shape[axis]!, 0);
    return this.push(x!, x!.shape.with(axis, length), { kind: 'concatenate', others, axis });
  }

  slice(x: Value, axis: number, from: number, to: number): Value {
    return this.push(x, x.shape.with(axis, to - from), { kind: 'slice', axis, from, to });
  }

  finish(input: Value, output: Value): Graph {
    return { input, output, operations: this.operations };
  }

  private push(input: Value, shape: readonly number[], draft: Draft): Value {
    const output = { name: this.unique(`${this.layer}/${'of' in draft ? draft.of : draft.kind}`), shape };
    this.operations.push({ ...draft, input, output } as Operation);
    return output;
  }

  /** TensorFlow takes letters, digits and . _ - / in names; ONNX takes anything. */
  private unique(wanted: string): string {
    const name = wanted.replace(/[^\w./-]/g, '_').replace(/^[^A-Za-z0-9.]/, 'x$&');
    let candidate = name;
    for (let count = 1; this.taken.has(candidate); count++) candidate = `${name}_${count}`;
    this.taken.add(candidate);
    return candidate;
  }
}

function windowed([height, width]: readonly number[], [rows, columns]: Pair, [down, across]: Pair, padding: Padding, [dilateDown, dilateAcross]: Pair = [1, 1]): [number, number] {
  if (padding === 'same') return [Math.ceil(height! / down), Math.ceil(width! / across)];
  return [Math.floor((height! - (rows - 1) * dilateDown - 1) / down) + 1, Math.floor((width! - (columns - 1) * dilateAcross - 1) / across) + 1];
}

function broadcast(a: readonly number[], b: readonly number[]): number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, index) => {
    const [one, other] = [a[index - rank + a.length] ?? 1, b[index - rank + b.length] ?? 1];
    if (one !== other && one !== 1 && other !== 1) throw new Error(`[${a.join(', ')}] and [${b.join(', ')}] cannot be combined.`);
    return one === 1 ? other : one;
  });
}
