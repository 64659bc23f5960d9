import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { thaw, thawJson } from '../kit/thaw-cli';
import { writePictures } from './pictures';
import { install, startTrainer, type Installation, type Program } from './programs';

let installation: Installation;
let url: string;
let trainer: Program;
const startTrainerAgain = () => { trainer = startTrainer({ url, home: path.join(installation.folder, 'home') }); };

beforeAll(async () => {
  installation = await install('memory');
  ({ url } = installation);
  await writePictures(path.join(installation.folder, 'pictures'), { train: 24, val: 4 });
  await thawJson(url, 'dataset', 'import', path.join(installation.folder, 'pictures'), '--name', 'halves');
  await thawJson(url, 'backbone', 'import', await writeWideBackbone(path.join(installation.folder, 'wide')), '--name', 'wide');
  startTrainerAgain();
}, 120_000);
afterAll(async () => {
  await trainer?.[Symbol.asyncDispose]();
  await installation?.[Symbol.asyncDispose]();
}, 60_000);

/** One convolution whose result takes 98 MiB a picture: 48 of them are more than the wasm backend can address. */
async function writeWideBackbone(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const model = tf.sequential({ layers: [
    tf.layers.conv2d({ name: 'wide', filters: 512, kernelSize: 1, inputShape: [224, 224, 3] }),
    tf.layers.maxPooling2d({ name: 'pool', poolSize: 32 }),
    tf.layers.globalAveragePooling2d({ name: 'features' }),
    tf.layers.dense({ name: 'classes', units: 4, activation: 'softmax' }),
  ] });
  await model.save(tf.io.withSaveHandler(async ({ modelTopology, weightSpecs, weightData }) => {
    const weightsManifest = [{ paths: ['weights.bin'], weights: weightSpecs }];
    await writeFile(path.join(folder, 'model.json'), JSON.stringify({ format: 'layers-model', modelTopology, weightsManifest }));
    await writeFile(path.join(folder, 'weights.bin'), new Uint8Array(tf.io.CompositeArrayBuffer.join(weightData!)));
    return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
  }));
  model.dispose();
  return folder;
}

interface Run { id: string; status: string; endReason: string; error: string | null; attempt: number }
const launch = async (backbone: string, ...options: string[]) =>
  JSON.parse((await thaw(url, 'launch', '--dataset', 'halves', '--backbone', backbone, '--wait', '--json', ...options)).stdout) as Run;
const errorOf = async (id: string) => (await thawJson<{ data: { run: { error: string } } }>(url, 'query', `{ run(id: "${id}") { error } }`)).data.run.error;

/** Of each run, in the order they were claimed. */
const executors = () => [...trainer.output.matchAll(/"executor":(\d+)/g)].map(([, pid]) => pid);

test('memory that runs out ends the run with a batch size to try, and its executor: the next run has another', async () => {
  const run = await launch('wide', '--set', 'batchSize=48', '--set', 'freeze=full', '--set', 'epochs=1');
  expect(run).toMatchObject({ status: 'FAILED', endReason: 'OUT_OF_MEMORY', attempt: 1 });
  expect(await errorOf(run.id)).toMatch(/Memory ran out in phase fine-tuning, 48 pictures at a time\. Try batchSize 24\. \(Out of memory: 4704 MiB more were needed/);
  expect(await launch('digits', '--set', 'epochs=2')).toMatchObject({ status: 'FINISHED' });
  expect(trainer.child.exitCode).toBeNull();
  expect(await launch('digits', '--set', 'epochs=1')).toMatchObject({ status: 'FINISHED' });
  const [first, second, third] = executors();
  expect(second).not.toBe(first);
  expect(third).toBe(second);
}, 120_000);

test('the features of one run are there for the next: it computes none', async () => {
  const folder = path.join(installation.folder, 'home/cache/features');
  const kept = (await readdir(folder)).sort();
  expect(kept).toHaveLength(2);
  trainer.output = '';
  expect(await launch('digits', '--set', 'epochs=3', '--set', 'learningRate=0.01')).toMatchObject({ status: 'FINISHED' });
  expect(trainer.output).toContain('"head"');
  expect(trainer.output).not.toContain('"features"');
  expect((await readdir(folder)).sort()).toEqual(kept);
}, 60_000);
