import * as tf from '@tensorflow/tfjs';
import { resizeFilter, type Preprocessing } from '@thaw/model-zoo';

export interface ModelFile {
  path: string;
  bytes: Uint8Array;
}

/** A tfjs LayersModel with what is needed to use it: labels in output order, and how to prepare a picture. */
export async function saveModel(model: tf.LayersModel, labels: readonly string[], preprocessing: Preprocessing): Promise<ModelFile[]> {
  let artifacts: tf.io.ModelArtifacts | null = null;
  await model.save(tf.io.withSaveHandler((saved) => {
    artifacts = saved;
    return Promise.resolve({ modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } });
  }));
  const { modelTopology, weightSpecs, weightData } = artifacts! as tf.io.ModelArtifacts;
  const modelJson = {
    format: 'layers-model',
    generatedBy: `TensorFlow.js tfjs-layers v${tf.version['tfjs-layers']}`,
    convertedBy: null,
    modelTopology,
    weightsManifest: [{ paths: ['weights.bin'], weights: weightSpecs }],
  };
  return [
    { path: 'model.json', bytes: utf8(modelJson) },
    { path: 'weights.bin', bytes: joined(weightData!) },
    { path: 'labels.json', bytes: utf8(labels) },
    { path: 'preprocessing.json', bytes: utf8({ ...preprocessing, description: describe(preprocessing) }) },
  ];
}

function describe({ inputSize, range, mean, std }: Preprocessing): string {
  const values = range
    ? `map bytes 0–255 linearly to ${range[0]} … ${range[1]}`
    : `divide bytes by 255, subtract the mean (${mean!.join(', ')}) and divide by the standard deviation (${std!.join(', ')}) of each channel`;
  return `Stretch the RGB picture to ${inputSize} × ${inputSize} pixels with an antialiased bilinear filter, then ${values}. Input: float32 [n, ${inputSize}, ${inputSize}, 3]. ${resizeFilter}`;
}

const utf8 = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

function joined(data: tf.io.WeightData): Uint8Array {
  return Buffer.concat((Array.isArray(data) ? data : [data]).map((part) => new Uint8Array(part)));
}
