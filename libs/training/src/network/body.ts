import * as tf from '@tensorflow/tfjs';
import type { LayerNode } from '@thaw/model-zoo';
import { convolutionParts, isRectifier, layerNormParts, normParts, rectifierName, type ActivationName } from './layer-parts';
import { affineStep, convolutionStep, dropoutStep, layerNormStep, layerStep, rectifierStep, trainedNormStep, type Pass, type StepFunction } from './steps';

/** A backbone ready to run, for one choice of what is frozen. */
export interface Body {
  /** Computes node `to` from the value of node `from`, which must be a clean cut. The caller owns the result. */
  run(from: number, value: tf.Tensor, to: number, pass: Pass): tf.Tensor;
  dispose(): void;
}

interface Step extends StepFunction {
  inputs: number[];
  output: number;
}

export interface BodyOptions {
  /** Whether the node's weights stay as they are. */
  isFrozen(position: number): boolean;
  /** Whether normalisation in unfrozen nodes follows the batches. */
  trainNorms: boolean;
  /** How much of its running statistics such a normalisation keeps at each batch, where it is not the layer's own. */
  normMomentum?: number;
}

export function compileBody(graph: readonly LayerNode[], options: BodyOptions): Body {
  const steps = compileSteps(graph, options);
  const lastUse = new Map<number, number>();
  for (const step of steps) for (const input of step.inputs) lastUse.set(input, step.output);

  return {
    run: (from, value, to, pass) => tf.tidy(() => {
      const values = new Map([[from, from === to ? tf.clone(value) : value]]);
      for (const step of steps) {
        if (step.output <= from || step.output > to) continue;
        values.set(step.output, step.run(step.inputs.map((input) => values.get(input)!), pass));
        // Training needs every value again for its gradients; otherwise the peak is what counts.
        if (!pass.training) {
          for (const input of step.inputs) if (input !== from && lastUse.get(input) === step.output) values.get(input)!.dispose();
        }
      }
      return values.get(to)!;
    }),
    dispose: () => steps.forEach((step) => step.dispose?.()),
  };
}

function compileSteps(graph: readonly LayerNode[], options: BodyOptions): Step[] {
  const consumers = graph.map((): number[] => []);
  graph.forEach((node, position) => node.inputs.forEach((input) => consumers[input]!.push(position)));
  /** The one node that reads this one, when both are frozen or both are not. */
  const follower = (position: number) => {
    const [only, ...others] = consumers[position]!;
    return only !== undefined && others.length === 0 && options.isFrozen(only) === options.isFrozen(position) ? only : null;
  };
  const trainsNorm = (position: number) => options.trainNorms && !options.isFrozen(position);

  const steps: Step[] = [];
  const absorbed = new Set<number>();
  graph.forEach(({ layer, inputs }, position) => {
    if (absorbed.has(position) || inputs.length === 0) return;
    const add = (step: StepFunction, output = position) => steps.push({ ...step, inputs, output });
    const conv = convolutionParts(layer);
    const norm = normParts(layer);
    const layerNorm = layerNormParts(layer);
    const rectifier = rectifierName(layer);

    if (conv && isRectifier(conv.activation)) {
      let output = position;
      const take = <T>(wanted: (candidate: number) => T | null): T | null => {
        const next = follower(output);
        const part = next === null ? null : wanted(next);
        if (part === null || next === null) return null;
        absorbed.add(next);
        output = next;
        return part;
      };
      const linear = conv.activation === 'linear';
      const folded = linear ? take((next) => (trainsNorm(next) ? null : normParts(graph[next]!.layer))) : null;
      const activation: ActivationName = linear ? (take((next) => rectifierName(graph[next]!.layer)) ?? 'linear') : conv.activation;
      add(convolutionStep(conv, folded, activation, options.isFrozen(position)), output);
    } else if (norm) add(trainsNorm(position) ? trainedNormStep({ ...norm, momentum: options.normMomentum ?? norm.momentum }) : affineStep(norm));
    else if (layerNorm) add(layerNormStep(layerNorm));
    else if (rectifier) add(rectifierStep(rectifier));
    else if (layer.getClassName() === 'Dropout') add(options.isFrozen(position) ? dropoutStep(0) : dropoutStep(layer.getConfig().rate as number));
    else add(layerStep(layer));
  });
  return steps.sort((a, b) => a.output - b.output);
}
