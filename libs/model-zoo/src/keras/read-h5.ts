import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { BackboneError } from '../backbone-error';
import { workspaceRoot } from '../catalogue/built-in-folder';

export interface H5Tensor {
  path: string;
  shape: number[];
  /** row by row */
  values: Float32Array;
}

/** The attributes Keras writes, of one group. */
export interface H5Attributes {
  layer_names?: string[];
  weight_names?: string[];
  name?: string;
  model_config?: string;
  keras_version?: string;
}

export interface H5Contents {
  /** by the path of the group, "/" for the file's own */
  attributes: ReadonlyMap<string, H5Attributes>;
  /** by path, such as "/model_weights/conv1/conv1/kernel:0" */
  tensors: ReadonlyMap<string, H5Tensor>;
}

/** Milliseconds; a file of 100 MB takes one second. */
const patience = 120_000;
const signature = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

/** Room for what is compressed, which Keras never is by default: no file swells in memory to much more than it takes on disk. */
export const swollen = (bytes: number) => 4 * bytes + 2 ** 20;

/** Everything Keras needs of an HDF5 file, except the optimizer's state. Throws BackboneError. */
export async function readH5(name: string, file: Uint8Array): Promise<H5Contents> {
  if (!signature.every((byte, index) => file[index] === byte)) {
    throw new BackboneError([`${name} is no HDF5 file (it begins with ${JSON.stringify(String.fromCharCode(...file.subarray(0, 8)))}). Give what model.save('model.h5') wrote.`]);
  }
  const answer = await ask(name, file);
  if ('problem' in answer) throw new BackboneError([`${name} ${answer.problem}`]);
  return { attributes: new Map(answer.attributes), tensors: new Map(answer.tensors.map((tensor) => [tensor.path, tensor])) };
}

type Answer = { problem: string } | { attributes: [string, H5Attributes][]; tensors: H5Tensor[] };

async function ask(name: string, file: Uint8Array): Promise<Answer> {
  const bytes = new Uint8Array(file);
  const worker = new Worker(path.join(workspaceRoot(__dirname), 'libs/model-zoo/src/keras/h5-worker.mjs'), {
    workerData: { bytes, maxBytes: swollen(file.length) }, transferList: [bytes.buffer], stdout: true, stderr: true,
  });
  worker.stdout.resume();
  worker.stderr.resume();
  const timer = AbortSignal.timeout(patience);
  try {
    return await new Promise<Answer>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', (error: NodeJS.ErrnoException) => (error.code === 'ERR_MODULE_NOT_FOUND' ? reject(error) : resolve({ problem: `cannot be read: ${error.message}` })));
      worker.once('exit', () => resolve({ problem: 'cannot be read: HDF5 gave up. The file is damaged; copy it again.' }));
      timer.addEventListener('abort', () => resolve({ problem: `could not be read within ${patience / 1000} s: it is damaged. Copy it again.` }));
    });
  } finally {
    await worker.terminate();
  }
}
