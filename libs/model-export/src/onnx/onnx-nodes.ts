import { isConstant, samePadding, sizeOf, type BinaryName, type Constant, type FunctionName, type Operation, type Value } from '../graph/graph';

/** Where the channels of a picture are. ONNX computes convolutions on channels first; all else is in Keras's order. */
type Layout = 'last' | 'first';
type Attribute = number | { float: number } | readonly number[];
type OperationOf<K extends Operation['kind']> = Extract<Operation, { kind: K }>;

const functions: Record<FunctionName, string> = {
  relu: 'Relu', relu6: 'Clip', leakyRelu: 'LeakyRelu', elu: 'Elu', selu: 'Selu', sigmoid: 'Sigmoid', tanh: 'Tanh',
  softplus: 'Softplus', softsign: 'Softsign', erf: 'Erf', sqrt: 'Sqrt', softmax: 'Softmax', logSoftmax: 'LogSoftmax',
};
const binaries: Record<BinaryName, string> = { add: 'Add', sub: 'Sub', mul: 'Mul', div: 'Div', min: 'Min', max: 'Max' };

/**
 * Writes operations as nodes of ONNX's opset 13. A picture stays in the order it was made in; where the other order
 * is needed, one Transpose makes it and is shared.
 */
export class OnnxNodes {
  readonly nodes: object[] = [];
  readonly initializers: object[] = [];
  /** By the value's name: what it is called in each order it exists in, the one it was made in first. */
  private readonly names = new Map<string, Map<Layout, string>>();

  private readonly padded = new Set<string>();

  constructor(input: Value) {
    this.names.set(input.name, new Map([['last', input.name]]));
  }

  /** What the value is called in Keras's order. */
  named(value: Value): string {
    return this.read(value, 'last');
  }

  add(operation: Operation): void {
    switch (operation.kind) {
      case 'convolution': return this.convolution(operation);
      case 'pool': return this.pool(operation);
      case 'pad': return this.pad(operation);
      case 'function': return this.apply(operation);
      case 'binary': return this.binary(operation);
      case 'reduce': return this.reduce(operation);
      case 'multiplyMatrices': return this.put(operation, 'MatMul', 'last', [this.operand(operation, operation.other, 'last')]);
      case 'reshape': return this.put(operation, 'Reshape', 'last', [this.integers(`${operation.output.name}/shape`, [-1, ...operation.output.shape])]);
      case 'transpose': return this.put(operation, 'Transpose', 'last', [], { perm: [0, ...operation.order.map((axis) => axis + 1)] });
      case 'concatenate': return this.concatenate(operation);
      case 'slice': return this.slice(operation);
    }
  }

  /** A node that is no operation of the graph. */
  node(opType: string, inputs: string[], output: string, attributes: Record<string, Attribute> = {}): void {
    const attribute = Object.entries(attributes).map(([name, value]) => {
      if (typeof value === 'number') return { name, type: 'INT', i: value };
      return 'float' in value ? { name, type: 'FLOAT', f: value.float } : { name, type: 'INTS', ints: value };
    });
    this.nodes.push({ op_type: opType, name: output, input: inputs, output: [output], attribute });
  }

  private convolution({ kernel, depthwise, strides, dilations, padding, ...operation }: OperationOf<'convolution'>): void {
    const [height, width, inputs, outputs] = kernel.shape as [number, number, number, number];
    // [h, w, in, out] → [out, in, h, w]; depthwise [h, w, channels, times] → [channels · times, 1, h, w]
    const ordered = permute(kernel, depthwise ? [2, 3, 0, 1] : [3, 2, 0, 1]);
    const weights = this.floats(`${operation.output.name}/kernel`, { values: ordered.values, shape: depthwise ? [inputs * outputs, 1, height, width] : ordered.shape });
    const pads = padding === 'same' ? padsOf(operation.input, [height, width], strides, dilations) : [0, 0, 0, 0];
    this.put(operation, 'Conv', 'first', [weights], { kernel_shape: [height, width], strides, dilations, pads, group: depthwise ? inputs : 1 });
  }

  private pool({ of, size, strides, padding, ...operation }: OperationOf<'pool'>): void {
    if (of === 'max' && this.padded.has(operation.input.name)) this.shieldPadding(operation.input);
    const pads = padding === 'same' ? padsOf(operation.input, size, strides) : [0, 0, 0, 0];
    this.put(operation, of === 'max' ? 'MaxPool' : 'AveragePool', 'first', [], { kernel_shape: size, strides, pads });
  }

  private pad({ top, bottom, left, right, ...operation }: OperationOf<'pad'>): void {
    const pads = this.integers(`${operation.output.name}/pads`, [0, 0, top, left, 0, 0, bottom, right]);
    this.padded.add(operation.output.name);
    this.put(operation, 'Pad', 'first', [pads, this.floats(`${operation.output.name}/zero`, scalar(0))]);
  }

  /**
   * ONNX Runtime (1.22) merges a Pad of zeros into the MaxPool behind it, whose own padding is −∞: another result where
   * values are negative. A maximum with the least float in between changes nothing and keeps them apart.
   */
  private shieldPadding({ name }: Value): void {
    const shielded = `${name}/kept`;
    this.node('Max', [name, this.floats(`${name}/least`, scalar(-3.4028234663852886e38))], shielded);
    this.names.set(name, new Map([['first', shielded]]));
  }

  private apply({ of, alpha, ...operation }: OperationOf<'function'>): void {
    const layout = this.layoutOf(operation.input);
    const bounds = of === 'relu6' ? [this.floats(`${operation.output.name}/least`, scalar(0)), this.floats(`${operation.output.name}/most`, scalar(6))] : [];
    const attributes: Record<string, Attribute> = {};
    if (of === 'softmax' || of === 'logSoftmax') attributes.axis = axisIn(operation.input, operation.input.shape.length - 1, layout);
    if (alpha !== undefined) attributes.alpha = { float: alpha };
    this.put(operation, functions[of], layout, bounds, attributes);
  }

  private binary({ of, other, ...operation }: OperationOf<'binary'>): void {
    const made = this.layoutOf(operation.input);
    const movable = operation.input.shape.length === 3 && (isConstant(other) ? other.shape.length < 2 || other.shape.length === 3 : other.shape.length === 3);
    const layout = movable ? made : 'last';
    this.put(operation, binaries[of], layout, [this.operand(operation, other, layout)]);
  }

  private reduce({ of, axes, keepAxes, ...operation }: OperationOf<'reduce'>): void {
    const layout = keepAxes || String(axes) === '0,1' ? this.layoutOf(operation.input) : 'last';
    const attributes = { axes: axes.map((axis) => axisIn(operation.input, axis, layout)), keepdims: keepAxes ? 1 : 0 };
    this.put(operation, of === 'mean' ? 'ReduceMean' : 'ReduceMax', layout, [], attributes);
  }

  private concatenate({ others, axis, ...operation }: OperationOf<'concatenate'>): void {
    const layout = this.layoutOf(operation.input);
    this.put(operation, 'Concat', layout, others.map((value) => this.read(value, layout)), { axis: axisIn(operation.input, axis, layout) });
  }

  private slice({ axis, from, to, ...operation }: OperationOf<'slice'>): void {
    const layout = this.layoutOf(operation.input);
    const bounds = { from, to, axis: axisIn(operation.input, axis, layout) };
    this.put(operation, 'Slice', layout, Object.entries(bounds).map(([name, value]) => this.integers(`${operation.output.name}/${name}`, [value])));
  }

  private put({ input, output }: { input: Value; output: Value }, opType: string, layout: Layout, more: string[], attributes: Record<string, Attribute> = {}): void {
    this.names.set(output.name, new Map([[output.shape.length === 3 ? layout : 'last', output.name]]));
    this.node(opType, [this.read(input, layout), ...more], output.name, attributes);
  }

  /** The order a value was made in. */
  private layoutOf({ name }: Value): Layout {
    return this.names.get(name)!.keys().next().value!;
  }

  private read(value: Value, layout: Layout): string {
    const names = this.names.get(value.name)!;
    const wanted = value.shape.length === 3 ? layout : 'last';
    const known = names.get(wanted);
    if (known) return known;
    const turned = `${value.name}/channels_${wanted}`;
    this.node('Transpose', [value.name], turned, { perm: wanted === 'first' ? [0, 3, 1, 2] : [0, 2, 3, 1] });
    names.set(wanted, turned);
    return turned;
  }

  private operand({ output }: { output: Value }, operand: Value | Constant, layout: Layout): string {
    if (!isConstant(operand)) return this.read(operand, layout);
    return this.floats(`${output.name}/constant`, layout === 'first' && operand.shape.length > 0 ? channelsFirst(operand) : operand);
  }

  private floats(name: string, { values, shape }: Constant): string {
    this.initializers.push({ name, dims: shape, data_type: 1, raw_data: Buffer.from(values.buffer, values.byteOffset, values.byteLength) });
    return name;
  }

  private integers(name: string, values: readonly number[]): string {
    this.initializers.push({ name, dims: [values.length], data_type: 7, raw_data: Buffer.from(BigInt64Array.from(values, BigInt).buffer) });
    return name;
  }
}

const scalar = (value: number): Constant => ({ values: Float32Array.of(value), shape: [] });

/** The axis with the batch axis counted, in either order. */
function axisIn({ shape }: Value, axis: number, layout: Layout): number {
  return layout === 'first' && shape.length === 3 ? [2, 3, 1][axis]! : axis + 1;
}

/** [c] → [c, 1, 1]; [h, w, c] → [c, h, w] */
function channelsFirst(constant: Constant): Constant {
  return constant.shape.length === 1 ? { values: constant.values, shape: [...constant.shape, 1, 1] } : permute(constant, [2, 0, 1]);
}

function padsOf({ shape }: Value, size: readonly number[], strides: readonly number[], dilations: readonly number[] = [1, 1]): number[] {
  const [vertical, horizontal] = [0, 1].map((axis) => samePadding(shape[axis]!, size[axis]!, strides[axis]!, dilations[axis]!)) as [[number, number], [number, number]];
  return [vertical[0], horizontal[0], vertical[1], horizontal[1]];
}

function permute({ values, shape }: Constant, order: readonly number[]): Constant {
  const steps = shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
  const turned = order.map((axis) => shape[axis]!);
  const result = new Float32Array(values.length);
  const place = turned.map(() => 0);
  let from = 0;
  for (let to = 0; to < result.length; to++) {
    result[to] = values[from]!;
    for (let axis = place.length - 1; axis >= 0; axis--) {
      from += steps[order[axis]!]!;
      place[axis]! += 1;
      if (place[axis]! < turned[axis]!) break;
      from -= steps[order[axis]!]! * turned[axis]!;
      place[axis] = 0;
    }
  }
  return { values: result, shape: turned };
}
