import * as tf from '@tensorflow/tfjs';

export interface OpAttribute {
  name: string;
  type: number;
  value: unknown;
}

export interface TensorInfo {
  /** In the binding, once the values are there. */
  id: number;
  shape: number[];
  /** A TF_DataType */
  dtype: number;
}

/** tfjs-node's C++ part, as far as it is used here. Tensors go by their ids. */
export interface NodeBinding extends Record<`TF_${string}`, number> {
  createTensor(shape: number[], dtype: number, values: unknown): number;
  executeOp(operation: string, attributes: OpAttribute[], inputs: number[], outputs: number): TensorInfo[];
  tensorDataSync(id: number): unknown;
  /** Gives a session's number; tags are joined by commas, as are the names below. */
  loadSavedModel(folder: string, tags: string): number;
  runSavedModel(session: number, inputs: number[], inputNames: string, outputNames: string): TensorInfo[];
  deleteSavedModel(session: number): void;
}

/** tfjs-node's backend, as far as it is used here. */
export interface NodeBackend {
  binding: NodeBinding;
  isUsingGpuDevice: boolean;
  tensorMap: { get(dataId: object): TensorInfo };
  getInputTensorIds(tensors: tf.Tensor[]): number[];
  createOutputTensor(info: TensorInfo): tf.Tensor;
  executeMultipleOutputs(operation: string, attributes: OpAttribute[], inputs: tf.Tensor[], outputs: number): tf.Tensor[];
}

/** The part of tfjs-node's backend that runs any operation of libtensorflow by name. */
export interface NativeBackend {
  executeMultipleOutputs(operation: string, attributes: OpAttribute[], inputs: tf.Tensor[], outputs: number): tf.Tensor[];
  float(name: string, value: number): OpAttribute;
  bool(name: string, value: boolean): OpAttribute;
  text(name: string, value: string): OpAttribute;
  /** The attribute T = float32 */
  floatType: OpAttribute;
  backend: NodeBackend;
}

let wrapped: NativeBackend | null = null;

/** null unless TensorFlow itself computes. */
export function nativeBackend(): NativeBackend | null {
  if (tf.getBackend() !== 'tensorflow') return null;
  const backend = tf.backend() as unknown as NodeBackend;
  if (wrapped?.backend !== backend) wrapped = wrap(backend);
  return wrapped;
}

function wrap(backend: NodeBackend): NativeBackend {
  const { binding } = backend;
  const attribute = (kind: `TF_${string}`) => (name: string, value: unknown) => ({ name, type: binding[kind]!, value });
  return {
    executeMultipleOutputs: backend.executeMultipleOutputs.bind(backend),
    float: attribute('TF_ATTR_FLOAT'),
    bool: attribute('TF_ATTR_BOOL'),
    text: attribute('TF_ATTR_STRING'),
    floatType: attribute('TF_ATTR_TYPE')('T', binding.TF_FLOAT),
    backend,
  };
}
