import type { NodeBinding, OpAttribute } from '../native-backend';
import { bytes, float, integer, joined, message, text, type Field } from './protobuf';

/** One operation; `inputs` are "name" or "name:output". */
export interface GraphNode {
  name: string;
  operation: string;
  inputs: string[];
  attributes: Field[];
}

export const tag = 'thaw';

// Field numbers below are those of tensorflow/core/protobuf/saved_model.proto and tensorflow/core/framework/*.proto.

/** A saved_model.pb with this graph and nothing else. */
export function savedModel(nodes: readonly GraphNode[]): Uint8Array {
  const graph = [...nodes.map(nodeDef), message(4, [integer(1, 1000)])];
  return joined([integer(1, 1), message(2, [message(1, [text(4, tag)]), message(2, graph)])]);
}

const nodeDef = ({ name, operation, inputs, attributes }: GraphNode) =>
  message(1, [text(1, name), text(2, operation), ...inputs.map((input) => text(3, input)), ...attributes]);

/** What feeds a tensor of known shape in from outside. `type` is a TF_DataType. */
export const placeholder = (name: string, type: number, shape: readonly number[]): GraphNode =>
  ({ name, operation: 'Placeholder', inputs: [], attributes: [entry('dtype', integer(6, type)), entry('shape', message(7, shapeFields(shape)))] });

export const constant = (name: string, type: number, shape: readonly number[], content: Uint8Array): GraphNode =>
  ({ name, operation: 'Const', inputs: [], attributes: [entry('dtype', integer(6, type)), entry('value', message(8, [integer(1, type), message(2, shapeFields(shape)), bytes(4, content)]))] });

/** An attribute as tfjs-node's binding takes it. */
export function attribute(kinds: NodeBinding, { name, type, value }: OpAttribute): Field {
  const one = (write: (field: number) => Field, field: number) => entry(name, write(field));
  const many = (write: (field: number, item: number) => Field, field: number) =>
    entry(name, Array.isArray(value) ? message(1, value.map((item) => write(field, Number(item)))) : write(field, Number(value)));
  switch (type) {
    case kinds.TF_ATTR_STRING: return one((field) => text(field, String(value)), 2);
    case kinds.TF_ATTR_INT: return many(integer, 3);
    case kinds.TF_ATTR_FLOAT: return many(float, 4);
    case kinds.TF_ATTR_BOOL: return many(integer, 5);
    case kinds.TF_ATTR_TYPE: return one((field) => integer(field, Number(value)), 6);
    case kinds.TF_ATTR_SHAPE: return one((field) => message(field, shapeFields(value as number[])), 7);
    default: throw new Error(`Attribute ${name} has the unknown type ${type}.`);
  }
}

const entry = (name: string, value: Field) => message(5, [text(1, name), bytes(2, value)]);
const shapeFields = (shape: readonly number[]) => shape.map((size) => message(2, [integer(1, size)]));
