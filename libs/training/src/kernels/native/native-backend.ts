import * as tf from '@tensorflow/tfjs';

interface OpAttribute {
  name: string;
  type: number;
  value: unknown;
}

/** The part of tfjs-node's backend that runs any operation of libtensorflow by name. */
export interface NativeBackend {
  executeMultipleOutputs(operation: string, attributes: OpAttribute[], inputs: tf.Tensor[], outputs: number): tf.Tensor[];
  float(name: string, value: number): OpAttribute;
  bool(name: string, value: boolean): OpAttribute;
  text(name: string, value: string): OpAttribute;
  /** The attribute T = float32 */
  floatType: OpAttribute;
}

let wrapped: { backend: object; native: NativeBackend } | null = null;

/** null unless TensorFlow itself computes. */
export function nativeBackend(): NativeBackend | null {
  if (tf.getBackend() !== 'tensorflow') return null;
  const backend = tf.backend() as unknown as { binding: Record<string, number> } & Pick<NativeBackend, 'executeMultipleOutputs'>;
  if (wrapped?.backend !== backend) wrapped = { backend, native: wrap(backend) };
  return wrapped.native;
}

function wrap(backend: { binding: Record<string, number> } & Pick<NativeBackend, 'executeMultipleOutputs'>): NativeBackend {
  const { binding } = backend;
  const attribute = (kind: string) => (name: string, value: unknown) => ({ name, type: binding[kind]!, value });
  return {
    executeMultipleOutputs: backend.executeMultipleOutputs.bind(backend),
    float: attribute('TF_ATTR_FLOAT'),
    bool: attribute('TF_ATTR_BOOL'),
    text: attribute('TF_ATTR_STRING'),
    floatType: attribute('TF_ATTR_TYPE')('T', binding.TF_FLOAT),
  };
}
