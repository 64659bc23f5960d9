import type * as TensorFlow from '@tensorflow/tfjs';
import { modelInput, stretch, type ByteValues, type Picture } from '@thaw/pixels';

export interface Sight {
  /** Probability per class, in the order of `labels`. */
  scores: number[];
  /** What the network was given: [side, side, 3] bytes. */
  seen: Uint8Array;
  /** For stretching and predicting. */
  milliseconds: number;
}

export interface Classifier {
  labels: string[];
  /** Side of the input in pixels. */
  side: number;
  /** What computes: webgl, wasm or cpu. */
  backend: string;
  look(picture: Picture): Promise<Sight>;
  dispose(): void;
}

export interface ModelFile { path: string; sha256: string }

/** Loads a run's model and TensorFlow.js, which only this page needs. Throws in words a person can act on. */
export async function loadClassifier(files: readonly ModelFile[]): Promise<Classifier> {
  const tf = await import('@tensorflow/tfjs');
  const [json, weights, labels, preprocessing] = await Promise.all([
    read(files, 'model.json').then((response) => response.json() as Promise<TensorFlow.io.ModelJSON>),
    read(files, 'weights.bin').then((response) => response.arrayBuffer()),
    read(files, 'labels.json').then((response) => response.json() as Promise<string[]>),
    read(files, 'preprocessing.json').then((response) => response.json() as Promise<ByteValues & { inputSize: number }>),
  ]);
  if (JSON.stringify(json.modelTopology).includes('"Thaw')) (await import('@thaw/model-zoo/layers/transformer-layers')).transformerLayers(tf);
  const side = preprocessing.inputSize;
  const artifacts = { modelTopology: json.modelTopology as object, weightSpecs: json.weightsManifest.flatMap((group) => group.weights), weightData: weights };
  const { model, backend } = await onBestBackend(tf, artifacts, side);

  return {
    labels, side, backend,
    async look(picture) {
      const started = performance.now();
      const seen = stretch(picture, side);
      const input = tf.tensor4d(modelInput(seen, preprocessing), [1, side, side, 3]);
      const output = model.predict(input) as TensorFlow.Tensor;
      const scores = [...(await output.data())];
      tf.dispose([input, output]);
      return { scores, seen, milliseconds: performance.now() - started };
    },
    dispose: () => model.dispose(),
  };
}

async function read(files: readonly ModelFile[], path: string): Promise<Response> {
  const file = files.find((each) => each.path === path);
  if (!file) throw new Error(`The model has no file ${path}, so that it cannot be used here. Models of Thaw's trainers have one.`);
  const response = await fetch(`/blobs/${file.sha256}`);
  if (!response.ok) throw new Error(`The server did not give ${path}: ${response.status} ${response.statusText}.`);
  return response;
}

/** The first backend that there is, computes in single precision and has every kernel of this model. */
async function onBestBackend(tf: typeof TensorFlow, artifacts: TensorFlow.io.ModelArtifacts, side: number): Promise<{ model: TensorFlow.LayersModel; backend: string }> {
  const problems: string[] = [];
  for (const backend of ['webgl', 'wasm', 'cpu']) {
    let model: TensorFlow.LayersModel | null = null;
    try {
      if (backend === 'wasm') await registerWasm();
      // Slower than wasm, and its softmax is off by a thousandth (SwiftShader).
      if (backend === 'webgl' && glRunsInSoftware()) throw new Error('only in software');
      if (!(await tf.setBackend(backend))) throw new Error('not available');
      if (backend === 'webgl' && !tf.env().getBool('WEBGL_RENDER_FLOAT32_CAPABLE')) throw new Error('only half precision');
      model = await tf.loadLayersModel(tf.io.fromMemory(artifacts));
      const output = tf.tidy(() => model!.predict(tf.zeros([1, side, side, 3])) as TensorFlow.Tensor);
      await output.data();
      output.dispose();
      return { model, backend };
    } catch (error) {
      model?.dispose();
      problems.push(`${backend}: ${(error as Error).message}`);
    }
  }
  throw new Error(`This browser cannot run the model (${problems.join('; ')}).`);
}

function glRunsInSoftware(): boolean {
  const gl = new OffscreenCanvas(1, 1).getContext('webgl');
  const info = gl?.getExtension('WEBGL_debug_renderer_info');
  return !gl || (info !== null && info !== undefined && /swiftshader|llvmpipe|software|basic render/i.test(String(gl.getParameter(info.UNMASKED_RENDERER_WEBGL))));
}

async function registerWasm(): Promise<void> {
  const { setWasmPaths, version_wasm: version } = await import('@tensorflow/tfjs-backend-wasm');
  // Ours, so that it works without the internet.
  const at = `/try/wasm/${version}`;
  setWasmPaths({
    'tfjs-backend-wasm.wasm': `${at}/tfjs-backend-wasm.wasm`,
    'tfjs-backend-wasm-simd.wasm': `${at}/tfjs-backend-wasm-simd.wasm`,
    'tfjs-backend-wasm-threaded-simd.wasm': `${at}/tfjs-backend-wasm-threaded-simd.wasm`,
  });
}
