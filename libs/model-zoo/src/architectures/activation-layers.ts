import type * as TensorFlow from '@tensorflow/tfjs';

type Value = TensorFlow.SymbolicTensor;

/** A layer, or a few, without weights: the last one bears the name. */
export type ActivationLayer = (name: string, x: Value) => Value;

/** PyTorch's activations beside the rectifiers, made of stock layers. */
export function activationLayers({ layers }: typeof TensorFlow) {
  const activation = (activation: 'sigmoid' | 'swish'): ActivationLayer => (name, x) => layers.activation({ name, activation }).apply(x) as Value;

  /** x / 6 + 1/2, held between 0 and 1. (Keras's own hard sigmoid has another slope.) */
  const hardSigmoid: ActivationLayer = (name, x) => {
    const line = layers.rescaling({ name: `${name}.line`, scale: 1 / 6, offset: 1 / 2 }).apply(x) as Value;
    return layers.reLU({ name, maxValue: 1 }).apply(line) as Value;
  };
  /** x times its hard sigmoid */
  const hardSwish: ActivationLayer = (name, x) => layers.multiply({ name }).apply([x, hardSigmoid(`${name}.gate`, x)]) as Value;

  return { sigmoid: activation('sigmoid'), silu: activation('swish'), hardSigmoid, hardSwish };
}
