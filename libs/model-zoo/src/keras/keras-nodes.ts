import { BackboneError } from '../backbone-error';

export type Config = Record<string, unknown>;

export type Operand = string | number | number[];

/** One layer, or one operation on tensors, of a Keras model whose nested models have been laid open. */
export interface KerasNode {
  /** unique in the whole */
  name: string;
  className: string;
  config: Config;
  /** Names of other nodes, and constants. */
  operands: Operand[];
  /** 2 or 3: Keras's hard sigmoid, for one, is not the same. */
  generation: number;
  /** Where an .h5 file keeps its weights: the top layer it belongs to, and its own name if that is a nested model. */
  group: string;
  nestedAs: string | null;
  /** Where a .keras file does: "layers/functional/layers/conv2d_3". */
  path: string;
}

interface KerasLayer {
  class_name: string;
  module?: string;
  name?: string;
  config: Config;
  inbound_nodes?: unknown[];
}

/** Where a nested model stands. */
interface Scope {
  path: string;
  group: string | null;
  /** what its inputs are, in the outer model; null for the outermost */
  inputs: string[] | null;
}

/** The nodes of a Keras model's config, and the names of its inputs and outputs. Throws BackboneError. */
export function kerasNodes(file: string, model: KerasLayer, generation: number): { nodes: KerasNode[]; outputs: string[] } {
  const nodes: KerasNode[] = [];
  const taken = new Set<string>();
  const refuse = (message: string): never => { throw new BackboneError([`${file}: ${message}`]); };

  const unique = (name: string, within: string | null) => {
    const free = taken.has(name) && within !== null ? `${within}.${name}` : name;
    if (taken.has(free)) refuse(`two layers are called ${free}.`);
    taken.add(free);
    return free;
  };

  /** Answers with the names of its outputs. */
  const open = ({ class_name: className, config }: KerasLayer, scope: Scope): string[] => {
    if (!Array.isArray(config?.layers)) return refuse(`the model is a ${className}, which is Python code and not described in the file. Only Sequential and functional models can be read.`);
    const layers = sequentialInput(className, config).concat(config.layers as KerasLayer[]);
    const known = new Map<string, string[]>();
    const counts = new Map<string, number>();
    let previous: string[] = [];
    for (const layer of layers) {
      const own = String(layer.config?.name ?? layer.name);
      const isOperation = layer.module?.includes('.ops.') ?? false;
      const place = `${scope.path}layers/${isOperation ? '' : numbered(layer.class_name, counts)}`;
      const group = scope.group ?? own;
      if (layer.class_name === 'InputLayer') {
        const position = known.size;
        if (scope.inputs) known.set(own, [scope.inputs[inputPosition(config, own, position)]!]);
        else {
          known.set(own, [unique(own, null)]);
          nodes.push({ name: own, className: 'InputLayer', config: layer.config, operands: [], generation, group, nestedAs: null, path: place });
        }
        previous = known.get(own)!;
        continue;
      }
      const inbound = layer.inbound_nodes ?? [];
      if (inbound.length > 1) refuse(`layer ${own} is applied ${inbound.length} times. A backbone applies each layer once.`);
      const operands: Operand[] = inbound.length === 0 ? previous : operandsOf(inbound[0], layer.class_name)
        .flatMap((operand): Operand[] => (typeof operand === 'string' ? (known.get(operand) ?? refuse(`layer ${own} reads ${operand}, which is not there.`)) : [operand]));
      if (Array.isArray(layer.config?.layers)) {
        known.set(own, open(layer, { path: `${place}/`, group, inputs: operands as string[] }));
      } else {
        const name = unique(own, scope.group);
        nodes.push({ name, className: layer.class_name, config: layer.config, operands, generation, group, nestedAs: scope.group === null ? null : own, path: place });
        known.set(own, [name]);
      }
      previous = known.get(own)!;
    }
    if (className === 'Sequential') return previous;
    return references(config.output_layers).flatMap((name) => known.get(name) ?? refuse(`output ${name} is not there.`));
  };

  const outputs = open(model, { path: '', group: null, inputs: null });
  return { nodes, outputs };
}

/** A Sequential model may say what it takes in its first layer, or only that it was built. */
function sequentialInput(className: string, config: Config): KerasLayer[] {
  const [first] = config.layers as KerasLayer[];
  if (className !== 'Sequential' || !first || first.class_name === 'InputLayer') return [];
  const nested = Array.isArray(first.config.layers) ? (first.config.layers as KerasLayer[]).find(({ class_name: inner }) => inner === 'InputLayer') : undefined;
  const described = nested?.config ?? first.config;
  const shape = described.batch_input_shape ?? described.batch_shape ?? config.build_input_shape;
  return [{ class_name: 'InputLayer', config: { name: `${String(config.name)}_input`, batch_input_shape: shape } }];
}

/** In the order of the model's inputs, which need not be that of its layers. */
function inputPosition(config: Config, name: string, position: number): number {
  const listed = references(config.input_layers).indexOf(name);
  return listed === -1 ? position : listed;
}

/** ["a", 0, 0] or [["a", 0, 0], ["b", 0, 0]] */
function references(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  return typeof value[0] === 'string' ? [value[0]] : (value as [string][]).map(([name]) => name);
}

/** What Keras 2 ([["a", 0, 0, {}], …]) and Keras 3 ({ args: […], kwargs: {} }) say a layer reads, in order. */
function operandsOf(inbound: unknown, className: string): Operand[] {
  if (!Array.isArray(inbound)) return [...((inbound as { args?: unknown[] }).args ?? []), ...(constantArguments((inbound as { kwargs?: Config }).kwargs))].flatMap(kerasTensors);
  const calls = (typeof inbound[0] === 'string' ? [inbound] : inbound) as [string, number, unknown, Config?][];
  return calls.flatMap(([name, , constant, more]) => {
    const first = name === '_CONSTANT_VALUE' ? (constant as number) : name;
    const second = className === 'TFOpLambda' ? constantArguments(more) : [];
    return [first, ...second.map((each) => (Array.isArray(each) && typeof each[0] === 'string' ? each[0] : (each as number | number[])))];
  });
}

/** What operations call their second operand. */
const constantArguments = (more: Config = {}) => ['y', 'x2', 'bias'].flatMap((key) => (more[key] === undefined || more[key] === null ? [] : [more[key]]));

function kerasTensors(value: unknown): Operand[] {
  if (typeof value === 'number') return [value];
  if (Array.isArray(value)) return value.every((each) => typeof each === 'number') ? [value as number[]] : value.flatMap(kerasTensors);
  const history = (value as { config?: { keras_history?: [string] } } | null)?.config?.keras_history;
  return history ? [history[0]] : [];
}

/** As Keras names layers in a .keras file: the class in snake case, counted from the second on. */
function numbered(className: string, counts: Map<string, number>): string {
  const name = className.replace(/\W+/g, '').replace(/(.)([A-Z][a-z]+)/g, '$1_$2').replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase();
  const count = counts.get(name) ?? 0;
  counts.set(name, count + 1);
  return count === 0 ? name : `${name}_${count}`;
}
