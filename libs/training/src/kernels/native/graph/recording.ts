import type * as tf from '@tensorflow/tfjs';
import type { NodeBackend, NodeBinding, TensorInfo } from '../native-backend';
import { attribute, constant, placeholder, type GraphNode } from './saved-model';

export interface Recording {
  nodes: GraphNode[];
  /** Placeholder by the id of the tensor that was read. */
  fed: Map<number, string>;
  /** "node:output" by the id of the tensor that was computed. */
  computed: Map<number, string>;
  /** Why the operations cannot stand for every later call; null when they can. */
  refusal: string | null;
}

/** Operations that give something else every time they run. */
const random = /^(Random|Multinomial|Truncated|Stateless|ParameterizedTruncated)/;

/**
 * Runs f and writes down every operation it makes TensorFlow run. Tensors made from JavaScript numbers on the way
 * become constants, unless f says `feed` of them, which gives their id; those and tensors that were there before are fed.
 */
export function record<T>(backend: NodeBackend, f: (feed: (tensor: tf.Tensor) => number) => T): { result: T; recording: Recording } {
  const { binding } = backend;
  const prototype = Object.getPrototypeOf(backend) as NodeBackend;
  const recording: Recording = { nodes: [], fed: new Map(), computed: new Map(), refusal: null };
  const constants = new Map<number, string>();
  const seen = new Map<number, TensorInfo>();
  const add = (node: GraphNode) => { recording.nodes.push(node); return node.name; };
  const nextName = () => `n${recording.nodes.length}`;

  const source = (id: number): string => {
    const known = recording.computed.get(id) ?? constants.get(id) ?? recording.fed.get(id);
    if (known !== undefined) return known;
    const info = seen.get(id);
    if (!info) throw new Error(`Nothing is known of tensor ${id}.`);
    const name = add(placeholder(nextName(), info.dtype, info.shape));
    recording.fed.set(id, name);
    return name;
  };

  const recorder: Pick<NodeBinding, 'createTensor' | 'executeOp' | 'tensorDataSync'> = {
    createTensor(shape, dtype, values) {
      const id = binding.createTensor(shape, dtype, values);
      if (ArrayBuffer.isView(values)) constants.set(id, add(constant(nextName(), dtype, shape, new Uint8Array(values.buffer, values.byteOffset, values.byteLength).slice())));
      else recording.refusal ??= 'it makes a tensor of strings';
      return id;
    },
    executeOp(operation, attributes, inputs, outputs) {
      if (random.test(operation)) recording.refusal ??= `it draws random numbers (${operation})`;
      const sources = inputs.map(source);
      const infos = binding.executeOp(operation, attributes, inputs, outputs);
      const name = add({ name: nextName(), operation, inputs: sources, attributes: attributes.map((one) => attribute(binding, one)) });
      infos.forEach(({ id }, output) => recording.computed.set(id, `${name}:${output}`));
      return infos;
    },
    tensorDataSync(id) {
      recording.refusal ??= 'it reads numbers back';
      return binding.tensorDataSync(id);
    },
  };
  try {
    // The binding's own functions cannot be replaced, so something that inherits them stands in for it.
    backend.binding = Object.create(binding, Object.getOwnPropertyDescriptors(recorder)) as NodeBinding;
    backend.getInputTensorIds = (tensors: tf.Tensor[]) => {
      const ids = prototype.getInputTensorIds.call(backend, tensors);
      tensors.forEach(({ dataId }, index) => { if (dataId) seen.set(ids[index]!, backend.tensorMap.get(dataId)); });
      return ids;
    };
    const feed = (tensor: tf.Tensor) => {
      const id = backend.getInputTensorIds([tensor])[0]!;
      constants.delete(id);
      return id;
    };
    return { result: f(feed), recording };
  } finally {
    backend.binding = binding;
    backend.getInputTensorIds = prototype.getInputTensorIds;
  }
}
