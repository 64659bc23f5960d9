import * as tf from '@tensorflow/tfjs';
import type { Preprocessing } from '@thaw/model-zoo';
import type { ModelFile } from './read-model';

/** The files a run ends with (libs/training, saveModel). */
export async function modelFiles(model: tf.LayersModel, preprocessing: Preprocessing, labels: string[]): Promise<ModelFile[]> {
  let saved: tf.io.ModelArtifacts;
  await model.save(tf.io.withSaveHandler((artifacts) => {
    saved = artifacts;
    return Promise.resolve({ modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } });
  }));
  const json = { modelTopology: saved!.modelTopology, weightsManifest: [{ paths: ['weights.bin'], weights: saved!.weightSpecs }] };
  const utf8 = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
  return [
    { path: 'model.json', bytes: utf8(json) },
    { path: 'weights.bin', bytes: new Uint8Array(saved!.weightData as ArrayBuffer) },
    { path: 'labels.json', bytes: utf8(labels) },
    { path: 'preprocessing.json', bytes: utf8(preprocessing) },
  ];
}

/** Weights of all sizes, variances above zero, so that no operation is invisible. */
export function fillWeights(model: tf.LayersModel): void {
  model.layers.forEach((layer, position) => layer.setWeights(layer.weights.map((weight) => {
    const shape = weight.shape as number[];
    const size = tf.util.sizeFromShape(shape);
    const fanIn = Math.max(1, size / shape.at(-1)!);
    const wave = Float32Array.from({ length: size }, (_, index) => Math.sin(index * 0.7 + position));
    return tf.tensor(weight.originalName.endsWith('variance') ? wave.map((value) => 1 + value / 2) : wave.map((value) => (shape.length > 1 ? value * Math.sqrt(2 / fanIn) : value / 2)), shape);
  })));
}

/** RGB values of 0–255, the same ones every time. */
export const pixels = (count: number, side: number): Float32Array => Float32Array.from({ length: count * side * side * 3 }, (_, index) => (index * 7919) % 256);
