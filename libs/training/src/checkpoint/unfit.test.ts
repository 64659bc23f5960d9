import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import type { FineTuneOptions } from '../fine-tune';
import { registerMissingKernels } from '../kernels/register-missing-kernels';
import type { ModelFile } from '../save-model';
import { CheckpointUnfit } from './checkpoint';
import { run, stored, train, val } from './testing';

const input = { freeze: 'last_blocks', epochs: 2 } as const;
const features: FineTuneOptions['features'] = { backbone: 'abc', store: { open: () => Promise.resolve(null), create: () => Promise.resolve(null) } };
let files: ModelFile[];

beforeAll(async () => {
  await tf.setBackend('wasm');
  registerMissingKernels('wasm');
  files = (await run(input, { features })).checkpoints[0]!.files;
});

/** The files with one of them changed, or without it when there is nothing. */
const withFile = (path: string, change: (bytes: Buffer) => Buffer | null): ModelFile[] =>
  stored(files).flatMap((file) => {
    if (file.path !== path) return [file];
    const bytes = change(file.bytes as Buffer);
    return bytes ? [{ path, bytes }] : [];
  });

const flipped = (at: number) => (bytes: Buffer) => {
  const copy = Buffer.from(bytes);
  copy[copy.length - at]! ^= 1;
  return copy;
};
const edited = (from: string, to: string) => (bytes: Buffer) => {
  expect(bytes.includes(from)).toBe(true);
  return Buffer.from(bytes.toString().replace(from, to));
};

async function refusal(options: Partial<FineTuneOptions>, given: Parameters<typeof run>[0] = input): Promise<CheckpointUnfit> {
  const before = tf.memory().numTensors;
  const error: unknown = await run(given, options).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(CheckpointUnfit);
  // The backbone is freed, whatever was read.
  expect(tf.memory().numTensors).toBe(before);
  return error as CheckpointUnfit;
}

test('a checkpoint of another run is refused, and says what differs', async () => {
  const resumeFrom = stored(files);
  const other = await refusal({ resumeFrom }, { ...input, batchSize: 4, freezeUpTo: 'block1' });
  expect(other).toMatchObject({ reason: 'config', message: 'The checkpoint cannot be continued: it was made with batchSize 8 and not 4, freezeUpTo undefined and not block1.' });
  expect(await refusal({ resumeFrom, classes: ['5', '7'] })).toMatchObject({ reason: 'classes', message: expect.stringMatching(/5, 6, and not 5, 7/) });
  expect(await refusal({ resumeFrom, train: { ...train, count: 19, labels: train.labels.slice(1) } })).toMatchObject({ reason: 'pictures' });
  expect(await refusal({ resumeFrom, val: { ...val, digest: 'of other pictures' } })).toMatchObject({ reason: 'pictures' });
  expect(await refusal({ resumeFrom, features: { ...features!, backbone: 'def' } })).toMatchObject({ reason: 'backbone' });
});

test.each<[string, () => ModelFile[], string, RegExp]>([
  ['nothing at all', () => [], 'damaged', /has no checkpoint\.json/],
  ['no JSON', () => withFile('checkpoint.json', (bytes) => bytes.subarray(0, 500)), 'damaged', /no description of a checkpoint/],
  ['JSON of something else', () => withFile('checkpoint.json', () => Buffer.from('{}')), 'damaged', /no description of a checkpoint/],
  ['a changed number in the JSON', () => withFile('checkpoint.json', edited('"epoch":1', '"epoch":2')), 'damaged', /checkpoint\.json is not as it was written/],
  ['a later format', () => withFile('checkpoint.json', edited('"version":1', '"version":2')), 'version', /format 2, and this version of Thaw reads format 1/],
  ['a changed bit of the best weights', () => withFile('best.safetensors', flipped(100)), 'damaged', /best\.safetensors is not as it was written/],
  ['a changed bit of the optimizer', () => withFile('current.safetensors', flipped(9)), 'damaged', /current\.safetensors is not/],
  ['a file that is cut', () => withFile('current.safetensors', (bytes) => bytes.subarray(0, -4)), 'damaged', /current\.safetensors is not/],
  ['a file that is missing', () => withFile('current.safetensors', () => null), 'damaged', /has no current\.safetensors/],
])('%s is refused', async (_, damaged, reason, message) => {
  expect(await refusal({ resumeFrom: damaged() })).toMatchObject({ name: 'CheckpointUnfit', reason, message: expect.stringMatching(message) });
});

test('what numbers do not depend on may differ', async () => {
  const whole = await run(input, { features });
  const rest = await run({ ...input, checkpointEveryMinutes: 60, keepCheckpoints: 'all', transferGain: 'probe' }, { resumeFrom: [...stored(files), { path: 'note.txt', bytes: Buffer.from('mine') }] });
  expect(rest.points).toEqual(whole.points.slice(1));
  expect(rest.result).toEqual(whole.result);
});
