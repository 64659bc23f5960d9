import * as tf from '@tensorflow/tfjs';
import { nativeBackend, type NodeBackend } from '../native-backend';
import { loadGraph } from './load-graph';
import { record } from './recording';

/** A tensor of fresh random numbers. */
export type Draw = (shape: number[], rate: number) => tf.Tensor;
export type Computation = (inputs: readonly tf.Tensor[], draw: Draw) => tf.Tensor[];

/** The caller owns the results. */
export interface Compiled {
  (inputs: readonly tf.Tensor[], draw?: Draw): tf.Tensor[];
  dispose(): void;
}

interface Program {
  run: Computation;
  dispose(): void;
}

const nothingToDraw: Draw = () => { throw new Error('This computation has no source of random numbers.'); };

/**
 * f, natively run as one TensorFlow graph for each set of shapes: TensorFlow then fuses convolution, bias and
 * rectifier, runs branches side by side and reuses memory, none of which it does for one operation at a time. The
 * first call runs f as well, to write it down, and answers with the graph all the same, so that the last bits of a
 * number never depend on which call it came from. On other backends f itself runs, and so it does where its operations
 * cannot stand for every later call. (Not on GPUs: tfjs-node would bring every weight to the CPU and back.)
 *
 * f must be a function of its inputs, of what it draws, of `variables` (to which it may assign) and of tensors that
 * stay as they are until dispose(). Whatever differs between calls must come in by these ways.
 */
export function compiled(f: Computation, variables: readonly tf.Variable[]): Compiled {
  const programs = new Map<string, Program>();
  const asItIs: Program = { run: (inputs, draw) => tf.tidy(() => f(inputs, draw)), dispose: () => {} };
  const run = (inputs: readonly tf.Tensor[], draw: Draw = nothingToDraw): tf.Tensor[] => {
    const native = nativeBackend();
    if (!native || native.backend.isUsingGpuDevice) return asItIs.run(inputs, draw);
    const key = inputs.map(({ shape, dtype }) => `${dtype}[${shape.join()}]`).join(' ');
    const known = programs.get(key);
    if (known) return known.run(inputs, draw);
    const { program, outputs } = firstRun(native.backend, f, variables, inputs, draw);
    programs.set(key, program ?? asItIs);
    return outputs;
  };
  return Object.assign(run, {
    dispose() {
      programs.forEach((program) => program.dispose());
      programs.clear();
    },
  });
}

/** Runs f as it is to make the program, and then the program in its place; null where there can be none. */
function firstRun(backend: NodeBackend, f: Computation, variables: readonly tf.Variable[], inputs: readonly tf.Tensor[], draw: Draw): { outputs: tf.Tensor[]; program: Program | null } {
  const before = tf.tidy(() => variables.map((variable) => tf.keep(tf.clone(variable))));
  const drawn: tf.Tensor[] = [];
  const keeping: Draw = (shape, rate) => {
    const values = tf.keep(draw(shape, rate));
    drawn.push(values);
    return values;
  };
  try {
    const { outputs, program } = writeDown(backend, f, variables, inputs, keeping);
    if (!program) return { outputs, program };
    tf.dispose(outputs);
    variables.forEach((variable, index) => variable.assign(before[index]!));
    const again = drawn.values();
    return { outputs: program.run(inputs, () => tf.clone(again.next().value!)), program };
  } finally {
    tf.dispose([...before, ...drawn]);
  }
}

/** What f gives, having run, and the program for it. */
function writeDown(backend: NodeBackend, f: Computation, variables: readonly tf.Variable[], inputs: readonly tf.Tensor[], draw: Draw): { outputs: tf.Tensor[]; program: Program | null } {
  const idsOf = (tensors: readonly tf.Tensor[]) => backend.getInputTensorIds([...tensors]);
  const [inputIds, variableIds] = [idsOf(inputs), idsOf(variables)];
  const draws: { id: number; shape: number[]; rate: number }[] = [];
  const { result: outputs, recording } = record(backend, (feed) => tf.tidy(() => f(inputs, (shape, rate) => {
    const values = draw(shape, rate);
    draws.push({ id: feed(values), shape, rate });
    return values;
  })));

  const assignedIds = idsOf(variables);
  const assigned = variables.flatMap((variable, index) => (assignedIds[index] === variableIds[index] ? [] : [{ variable, id: assignedIds[index]! }]));
  const wanted = [...idsOf(outputs), ...assigned.map(({ id }) => id)];
  const distinct = [...new Set(wanted)];
  if (recording.refusal !== null || !distinct.every((id) => recording.computed.has(id))) return { outputs, program: null };
  const graph = loadGraph(backend, recording, distinct);
  if (!graph) return { outputs, program: null };

  const idNow = graph.feeds.map((id): ((given: number[][]) => number) => {
    const place = [inputIds, variableIds, draws.map((one) => one.id)].map((ids) => ids.indexOf(id));
    const kind = place.findIndex((index) => index >= 0);
    return kind < 0 ? () => id : (given) => given[kind]![place[kind]!]!;
  });
  const program: Program = {
    run: (inputs, draw) => tf.tidy(() => {
      const given = [idsOf(inputs), idsOf(variables), idsOf(draws.map(({ shape, rate }) => draw(shape, rate)))];
      const computed = graph.run(idNow.map((now) => now(given)));
      const values = wanted.map((id) => computed[distinct.indexOf(id)]!);
      assigned.forEach(({ variable }, index) => variable.assign(values[outputs.length + index]!));
      return values.slice(0, outputs.length).map((value) => tf.clone(value));
    }),
    dispose: () => graph.dispose(),
  };
  return { outputs, program };
}
