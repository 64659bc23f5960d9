import * as tf from '@tensorflow/tfjs';

/** The model without the softmax it ends in. Its layers are the model's own: dispose of one of the two. */
export function logitsModel(model: tf.LayersModel): tf.LayersModel {
  const output = model.outputs[0]!;
  if (output.sourceLayer.getClassName() !== 'Softmax') throw new Error(`The model ends in ${output.sourceLayer.name}, a ${output.sourceLayer.getClassName()}; only what a last layer Softmax reads are logits.`);
  return tf.model({ inputs: model.inputs, outputs: output.inputs[0]! });
}
