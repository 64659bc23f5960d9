import { parse } from 'protobufjs';
import type { Graph, Value } from '../graph/graph';
import { onnxProto } from './onnx-proto';
import { OnnxNodes } from './onnx-nodes';

/** model.onnx: opset 13, input `pixels`, output `probabilities`, `metadata` as strings in metadata_props. */
export function writeOnnx({ input, output, operations }: Graph, metadata: Record<string, string>): Uint8Array {
  const graph = new OnnxNodes(input);
  for (const operation of operations) graph.add(operation);
  graph.node('Identity', [graph.named(output)], 'probabilities');

  const type = parse(onnxProto, { keepCase: true }).root.lookupType('onnx.ModelProto');
  const model = type.fromObject({
    ir_version: 8,
    producer_name: 'thaw',
    opset_import: [{ domain: '', version: 13 }],
    metadata_props: Object.entries(metadata).map(([key, value]) => ({ key, value })),
    graph: {
      name: 'model', node: graph.nodes, initializer: graph.initializers,
      input: [described(input.name, input)], output: [described('probabilities', output)],
    },
  });
  return type.encode(model).finish();
}

const described = (name: string, { shape }: Value) => ({
  name, type: { tensor_type: { elem_type: 1, shape: { dim: [{ dim_param: 'n' }, ...shape.map((side) => ({ dim_value: side }))] } } },
});
