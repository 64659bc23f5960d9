import { isConstant, type BinaryName, type Constant, type FunctionName, type Operation, type Pair, type Value } from '../graph/graph';

type Attributes = Record<string, object>;

const functions: Record<FunctionName, string> = {
  relu: 'Relu', relu6: 'Relu6', leakyRelu: 'LeakyRelu', elu: 'Elu', selu: 'Selu', sigmoid: 'Sigmoid', tanh: 'Tanh',
  softplus: 'Softplus', softsign: 'Softsign', erf: 'Erf', sqrt: 'Sqrt', softmax: 'Softmax', logSoftmax: 'LogSoftmax',
};
const binaries: Record<BinaryName, string> = { add: 'AddV2', sub: 'Sub', mul: 'Mul', div: 'RealDiv', min: 'Minimum', max: 'Maximum' };

const float: Attributes = { T: { type: 'DT_FLOAT' } };
const integers = (...values: readonly number[]) => ({ list: { i: values } });
const text = (value: string) => ({ s: Buffer.from(value) });
const overPicture = ([vertical, horizontal]: Pair) => integers(1, vertical, horizontal, 1);
const picture: Attributes = { ...float, data_format: text('NHWC') };

/** Writes operations as nodes of a frozen GraphDef: weights are Const nodes. */
export class GraphNodes {
  readonly nodes: object[] = [];

  node(op: string, name: string, input: string[], attr: Attributes = float): void {
    this.nodes.push({ name, op, input, attr });
  }

  placeholder({ name, shape }: Value): void {
    this.node('Placeholder', name, [], { dtype: { type: 'DT_FLOAT' }, shape: { shape: batched(shape) } });
  }

  add(operation: Operation): void {
    const { input, output } = operation;
    const { name } = output;
    const put = (op: string, more: string[] = [], attributes: Attributes = float) => this.node(op, name, [input.name, ...more], attributes);
    switch (operation.kind) {
      case 'convolution': {
        const { kernel, depthwise, strides, dilations, padding } = operation;
        const attributes = { ...picture, strides: overPicture(strides), dilations: overPicture(dilations), padding: text(padding.toUpperCase()) };
        return put(depthwise ? 'DepthwiseConv2dNative' : 'Conv2D', [this.floats(`${name}/kernel`, kernel)], attributes);
      }
      case 'pool': {
        const { of, size, strides, padding } = operation;
        return put(of === 'max' ? 'MaxPool' : 'AvgPool', [], { ...picture, ksize: overPicture(size), strides: overPicture(strides), padding: text(padding.toUpperCase()) });
      }
      case 'pad': {
        const { top, bottom, left, right } = operation;
        return put('Pad', [this.integers(`${name}/paddings`, [0, 0, top, bottom, left, right, 0, 0], [4, 2])], indexed('Tpaddings'));
      }
      case 'function':
        return put(functions[operation.of], [], operation.alpha === undefined ? float : { ...float, alpha: { f: operation.alpha } });
      case 'binary':
        return put(binaries[operation.of], [this.operand(name, operation.other)]);
      case 'reduce': {
        const axes = this.integers(`${name}/axes`, operation.axes.map((axis) => axis + 1));
        return put(operation.of === 'mean' ? 'Mean' : 'Max', [axes], { ...indexed('Tidx'), keep_dims: { b: operation.keepAxes } });
      }
      case 'multiplyMatrices': {
        // MatMul takes two axes; the batch one of a value may be the second.
        const plain = input.shape.length === 1 && isConstant(operation.other);
        return put(plain ? 'MatMul' : 'BatchMatMulV2', [this.operand(name, operation.other)]);
      }
      case 'reshape':
        return put('Reshape', [this.integers(`${name}/shape`, [-1, ...output.shape])], indexed('Tshape'));
      case 'transpose':
        return put('Transpose', [this.integers(`${name}/order`, [0, ...operation.order.map((axis) => axis + 1)])], indexed('Tperm'));
      case 'concatenate': {
        const axis = this.integers(`${name}/axis`, [operation.axis + 1], []);
        return put('ConcatV2', [...operation.others.map((other) => other.name), axis], { ...indexed('Tidx'), N: { i: operation.others.length + 1 } });
      }
      case 'slice': {
        const begin = [0, ...input.shape.map((_, axis) => (axis === operation.axis ? operation.from : 0))];
        // −1: to the end of the axis
        const size = [-1, ...output.shape];
        return put('Slice', [this.integers(`${name}/begin`, begin), this.integers(`${name}/size`, size)], indexed('Index'));
      }
    }
  }

  private operand(name: string, operand: Value | Constant): string {
    return isConstant(operand) ? this.floats(`${name}/constant`, operand) : operand.name;
  }

  private floats(name: string, { values, shape }: Constant): string {
    return this.constant(name, 'DT_FLOAT', shape, Buffer.from(values.buffer, values.byteOffset, values.byteLength));
  }

  private integers(name: string, values: readonly number[], shape: readonly number[] = [values.length]): string {
    return this.constant(name, 'DT_INT32', shape, Buffer.from(Int32Array.from(values).buffer));
  }

  private constant(name: string, dtype: string, shape: readonly number[], content: Uint8Array): string {
    const tensor = { dtype, tensor_shape: { dim: shape.map((size) => ({ size })) }, tensor_content: content };
    this.node('Const', name, [], { dtype: { type: dtype }, value: { tensor } });
    return name;
  }
}

/** [n, …shape], n unknown */
export const batched = (shape: readonly number[]) => ({ dim: [{ size: -1 }, ...shape.map((size) => ({ size }))] });

const indexed = (attribute: string): Attributes => ({ ...float, [attribute]: { type: 'DT_INT32' } });
