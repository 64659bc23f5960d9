import { parse } from 'protobufjs';
import type { Graph, Value } from '../graph/graph';
import { batched, GraphNodes } from './graph-nodes';
import { tensorflowProto } from './tensorflow-proto';

/** saved_model.pb: one graph for the tag `serve`, whose signature serving_default maps `pixels` to `probabilities`. */
export function writeSavedModel({ input, output, operations }: Graph): Uint8Array {
  const graph = new GraphNodes();
  graph.placeholder(input);
  for (const operation of operations) graph.add(operation);
  graph.node('Identity', 'probabilities', [output.name]);

  const type = parse(tensorflowProto, { keepCase: true }).root.lookupType('tensorflow.SavedModel');
  const signature = {
    inputs: { [input.name]: described(input.name, input) },
    outputs: { probabilities: described('probabilities', output) },
    method_name: 'tensorflow/serving/predict',
  };
  const model = type.fromObject({
    saved_model_schema_version: 1,
    meta_graphs: [{
      // Loaders only ask whether the version is one of TensorFlow 2.
      meta_info_def: { tags: ['serve'], tensorflow_version: '2.16.1' },
      // The graph version of TensorFlow 2.0: every operation above is at least as old.
      graph_def: { node: graph.nodes, versions: { producer: 119 } },
      signature_def: { serving_default: signature },
    }],
  });
  return type.encode(model).finish();
}

const described = (name: string, { shape }: Value) => ({ name: `${name}:0`, dtype: 'DT_FLOAT', tensor_shape: batched(shape) });
