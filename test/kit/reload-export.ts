import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import sharp from 'sharp';
import { root } from './shared-data';
import { thawJson } from './thaw-cli';

interface Preprocessing { inputSize: number; range?: [number, number]; mean?: number[]; std?: number[] }
interface EvaluationFile { predictions: { picture: string; probabilities: number[] }[] }
interface PicturesAnswer {
  data: { run: { dataset: { pictures: { nodes: { id: string; sha256: string }[] } } } };
}

/**
 * Follows only what the exported folder says: loads it with tf.loadLayersModel, preprocesses the validation pictures as
 * preprocessing.json describes, and compares the probabilities with those the trainer recorded.
 */
export async function reloadAndPredict(options: { url: string; runId: string; folder: string; evaluationSha256: string }) {
  setWasmPaths(`${path.join(root, 'node_modules/@tensorflow/tfjs-backend-wasm/dist')}/`);
  await tf.setBackend('wasm');
  const model = await tf.loadLayersModel(await exportedFolder(options.folder));
  const preprocessing = JSON.parse(await readFile(path.join(options.folder, 'preprocessing.json'), 'utf8')) as Preprocessing;
  const evaluation = (await (await fetch(`${options.url}/blobs/${options.evaluationSha256}`)).json()) as EvaluationFile;
  const { data } = await thawJson<PicturesAnswer>(
    options.url, 'query', `{ run(id: "${options.runId}") { dataset { pictures(split: VAL, first: 1000) { nodes { id sha256 } } } } }`,
  );
  const digests = new Map(data.run.dataset.pictures.nodes.map(({ id, sha256 }) => [id, sha256]));

  let worstDifference = 0;
  for (const { picture, probabilities } of evaluation.predictions) {
    const bytes = Buffer.from(await (await fetch(`${options.url}/blobs/${digests.get(picture)}`)).arrayBuffer());
    const pixels = await sharp(bytes).removeAlpha().toColourspace('srgb')
      .resize(preprocessing.inputSize, preprocessing.inputSize, { fit: 'fill', kernel: 'linear' }).raw().toBuffer();
    const again = tf.tidy(() => (model.predict(modelInput(pixels, preprocessing)) as tf.Tensor).dataSync());
    probabilities.forEach((probability, index) => {
      worstDifference = Math.max(worstDifference, Math.abs(probability - again[index]!));
    });
  }
  model.dispose();
  return { worstDifference, compared: evaluation.predictions.length };
}

function modelInput(pixels: Buffer, { inputSize, range, mean, std }: Preprocessing): tf.Tensor4D {
  const bytes = tf.tensor4d(Float32Array.from(pixels), [1, inputSize, inputSize, 3]);
  if (range) return bytes.mul((range[1] - range[0]) / 255).add(range[0]);
  return bytes.div(255).sub(tf.tensor1d(mean!)).div(tf.tensor1d(std!)) as tf.Tensor4D;
}

async function exportedFolder(folder: string): Promise<tf.io.IOHandler> {
  const { modelTopology, weightsManifest } = JSON.parse(await readFile(path.join(folder, 'model.json'), 'utf8')) as tf.io.ModelJSON;
  const shards = await Promise.all(weightsManifest.flatMap(({ paths }) => paths.map((name) => readFile(path.join(folder, name)))));
  const weights = Buffer.concat(shards);
  return tf.io.fromMemory({
    modelTopology,
    weightSpecs: weightsManifest.flatMap((group) => group.weights),
    weightData: weights.buffer.slice(weights.byteOffset, weights.byteOffset + weights.byteLength) as ArrayBuffer,
  });
}
