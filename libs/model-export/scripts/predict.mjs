// What other programs make of converted models. Jest's sandbox cannot load ONNX Runtime, so that tests start this.
//
//   node predict.mjs onnx FOLDER             every FOLDER/<model>/model.onnx with ONNX Runtime
//   node predict.mjs TFJS-NODE-PATH FOLDER   every FOLDER/<model> as a SavedModel with that TensorFlow
//
// Reads FOLDER/<model>/pixels.json, { shape, values }; prints { <model>: probabilities }.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const [runtime, folder] = process.argv.slice(2);
const require = createRequire(import.meta.url);

async function onnx() {
  const ort = await import('onnxruntime-web');
  ort.env.wasm.numThreads = 1;
  return async (model, { shape, values }) => {
    const session = await ort.InferenceSession.create(readFileSync(path.join(model, 'model.onnx')), { executionProviders: ['wasm'] });
    const { probabilities } = await session.run({ pixels: new ort.Tensor('float32', Float32Array.from(values), shape) });
    await session.release();
    return probabilities.data;
  };
}

async function tensorflow() {
  const tf = require(runtime);
  return async (model, { shape, values }) => {
    const loaded = await tf.node.loadSavedModel(model, ['serve'], 'serving_default');
    return loaded.predict({ pixels: tf.tensor(values, shape) }).probabilities.data();
  };
}

const predict = runtime === 'onnx' ? await onnx() : await tensorflow();
const answers = {};
for (const name of readdirSync(folder)) {
  const input = JSON.parse(readFileSync(path.join(folder, name, 'pixels.json'), 'utf8'));
  answers[name] = await predict(path.join(folder, name), input).then((values) => [...values], (error) => `failed: ${error?.message ?? error}`);
}
console.log(JSON.stringify(answers));
