import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import type { HyperparametersInput } from '@thaw/config';
import type { LoadedBackbone } from '@thaw/model-zoo';
import { fineTune, type FineTuneOptions } from './fine-tune';
import type { FoundLearningRate } from './learning-rate-finder/find-learning-rate';
import { registerMissingKernels } from './kernels/register-missing-kernels';
import { classes, config, digitsBackbone, inputsOf, train, val } from './testing';

beforeAll(async () => {
  await tf.setBackend('wasm');
  registerMissingKernels('wasm');
});

/** Runs, and keeps what was seen on the way. */
async function run(input: HyperparametersInput = {}, options: Partial<FineTuneOptions> = {}) {
  const phases: string[] = [];
  const epochs: Record<string, number>[] = [];
  const result = await fineTune({
    backbone: await digitsBackbone(), classes, train, val, config: config(input),
    onPhase: (phase) => { phases.push(phase); },
    onEpoch: (_, metrics) => { epochs.push(metrics); },
    ...options,
  });
  return { result, phases, epochs };
}

const values = (tensor: tf.Tensor | tf.Variable) => [...tensor.dataSync()];

test('each strategy learns, in its phases, and reports every metric of every epoch', async () => {
  const wanted: [HyperparametersInput, string[]][] = [
    [{ freeze: 'head' }, ['features', 'head', 'evaluating']],
    [{ freeze: 'last_blocks' }, ['features', 'fine-tuning', 'evaluating']],
    [{ freeze: 'full' }, ['fine-tuning', 'evaluating']],
    [{ freeze: 'fine_tune', headEpochs: 2 }, ['features', 'head', 'fine-tuning', 'evaluating']],
    [{ freeze: 'gradual', headEpochs: 1, unfreezeEvery: 1 }, ['features', 'head', 'features', 'fine-tuning', 'features', 'fine-tuning', 'fine-tuning', 'evaluating']],
    [{ pretrained: false }, ['fine-tuning', 'evaluating']],
  ];
  for (const [input, expected] of wanted) {
    const { result, phases, epochs } = await run(input);
    expect(phases).toEqual(expected);
    expect(epochs).toHaveLength(4);
    expect(Object.keys(epochs[0]!).sort()).toEqual(['lr', 'train/accuracy', 'train/loss', 'val/accuracy', 'val/loss']);
    expect(epochs.at(-1)!['train/loss']).toBeLessThan(epochs[0]!['train/loss']!);
    expect(result).toMatchObject({ endReason: 'COMPLETED', epochs: 4 });
    result.dispose();
  }
});

test('what is reported is the best epoch, and evaluating the restored weights gives its numbers', async () => {
  for (const freeze of ['head', 'last_blocks', 'full', 'fine_tune'] as const) {
    const { result, epochs } = await run({ freeze, headEpochs: 2, epochs: 6, learningRate: 0.05, backboneLearningRate: 0.02, batchNorm: 'train' });
    const accuracies = epochs.map((metrics) => metrics['val/accuracy']!);
    expect(result.bestEpoch).toBe(accuracies.indexOf(Math.max(...accuracies)) + 1);
    const best = epochs[result.bestEpoch - 1]!;
    expect(result.evaluation.accuracy).toBeCloseTo(best['val/accuracy']!, 6);
    expect(result.evaluation.loss).toBeCloseTo(best['val/loss']!, 4);
    expect(result.metrics).toMatchObject({ 'train/loss': best['train/loss'], 'val/accuracy': result.evaluation.accuracy });
    expect(result.evaluation.probabilities).toHaveLength(val.count * classes.length);
    result.dispose();
  }
});

test('the features are what the last layer read: its weights make the probabilities of them', async () => {
  for (const freeze of ['head', 'full'] as const) {
    const { result } = await run({ freeze, epochs: 1 });
    const { rows, channels, values: seen } = result.features!;
    expect(rows).toEqual(Array.from({ length: val.count }, (_, index) => index));
    const saved = Object.fromEntries((await result.saveModel()).map(({ path, bytes }) => [path, bytes]));
    const { weightsManifest } = JSON.parse(new TextDecoder().decode(saved['model.json']));
    const weights = tf.io.decodeWeights(saved['weights.bin']!.slice().buffer, weightsManifest[0].weights);
    const probabilities = tf.tidy(() => tf.softmax(tf.add(tf.matMul(tf.tensor2d(seen, [rows.length, channels]), weights['head_predictions/kernel'] as tf.Tensor2D), weights['head_predictions/bias']!)));
    probabilities.dataSync().forEach((value, index) => expect(Math.abs(value - result.evaluation.probabilities[index]!)).toBeLessThan(1e-5));
    tf.dispose([probabilities, weights]);
    result.dispose();
  }
});

test('without restoreBestWeights the last epoch is what the model is', async () => {
  const { result, epochs } = await run({ restoreBestWeights: false, learningRate: 0.3, epochs: 3 });
  expect(result.bestEpoch).toBe(3);
  expect(result.evaluation.loss).toBeCloseTo(epochs[2]!['val/loss']!, 4);
  result.dispose();
});

test('early stopping ends the run, and patience starts anew when the network is thawed', async () => {
  const stopped = await run({ earlyStopping: true, patience: 1, epochs: 50, learningRate: 0.01 });
  expect(stopped.result.endReason).toBe('EARLY_STOPPED');
  expect(stopped.result.epochs).toBeLessThan(50);
  expect(stopped.result.epochs).toBe(stopped.result.bestEpoch + 1);
  stopped.result.dispose();

  // An improvement of 1 is impossible after the first epoch, so each stage runs out of patience after two epochs.
  const twice = await run({ freeze: 'fine_tune', headEpochs: 10, epochs: 30, earlyStopping: true, patience: 2, minDelta: 1 });
  expect(twice.result).toMatchObject({ endReason: 'EARLY_STOPPED', epochs: 5, bestEpoch: 1 });
  expect(twice.phases).toEqual(['features', 'head', 'fine-tuning', 'evaluating']);
  twice.result.dispose();
});

test('frozen layers stay as they are, normalisation statistics included', async () => {
  const original = await digitsBackbone();
  const backbone = await digitsBackbone();
  const { result } = await run({ freeze: 'last_blocks', lastBlocks: 1, batchNorm: 'train', backboneLearningRate: 0.01 }, { backbone });
  const changed = backbone.model.layers
    .filter((layer, index) => layer.weights.some((weight, part) => values(weight.read()).some((value, at) => value !== values(original.model.layers[index]!.weights[part]!.read())[at])))
    .map(({ name }) => name);
  expect(changed).toEqual(['block3_conv1', 'block3_bn1', 'block3_conv2', 'block3_bn2']);
  result.dispose();
  original.model.dispose();
});

test('batchNorm: frozen keeps the normalisation of unfrozen layers', async () => {
  const original = await digitsBackbone();
  const backbone = await digitsBackbone();
  const { result } = await run({ freeze: 'full', backboneLearningRate: 0.01, epochs: 1 }, { backbone });
  for (const name of ['block1_bn1', 'block3_bn2']) {
    const [now, before] = [backbone, original].map(({ model }) => model.getLayer(name).getWeights().map(values));
    expect(now).toEqual(before);
  }
  expect(values(backbone.model.getLayer('block1_conv1').getWeights()[0]!)).not.toEqual(values(original.model.getLayer('block1_conv1').getWeights()[0]!));
  result.dispose();
  original.model.dispose();
});

test.each<[string, HyperparametersInput]>([
  ['head', { freeze: 'head' }], ['last_blocks', { freeze: 'last_blocks' }], ['full', { freeze: 'full' }],
  ['gradual', { freeze: 'gradual', headEpochs: 1, unfreezeEvery: 1 }], ['fine_tune', { freeze: 'fine_tune', headEpochs: 2 }],
])('%s: statistics of normalisation do not move while it is frozen', async (_, input) => {
  const original = await digitsBackbone();
  const statistics = ({ model }: typeof original) => model.layers.filter((layer) => layer.getClassName() === 'BatchNormalization').flatMap((layer) => layer.nonTrainableWeights.map((weight) => values(weight.read())));
  const frozen = await digitsBackbone();
  (await run({ ...input, learningRate: 0.01, backboneLearningRate: 0.01, restoreBestWeights: false }, { backbone: frozen, onEpoch: () => expect(statistics(frozen)).toEqual(statistics(original)) })).result.dispose();
  original.model.dispose();
});

test('batchNorm: train moves the statistics of unfrozen blocks only, as they are unfrozen', async () => {
  const original = await digitsBackbone();
  const backbone = await digitsBackbone();
  const names = ['block1_bn1', 'block2_bn1', 'block3_bn1'];
  const moved: boolean[][] = [];
  const look = () => moved.push(names.map((name) => !equal(backbone, original, name)));
  const { result } = await run({ freeze: 'gradual', headEpochs: 1, unfreezeEvery: 1, epochs: 4, batchNorm: 'train', restoreBestWeights: false }, { backbone, onEpoch: () => { look(); } });
  expect(moved).toEqual([[false, false, false], [false, false, true], [false, true, true], [true, true, true]]);
  result.dispose();
  original.model.dispose();
});

const equal = (one: LoadedBackbone, other: LoadedBackbone, name: string) =>
  JSON.stringify(one.model.getLayer(name).getWeights().map(values)) === JSON.stringify(other.model.getLayer(name).getWeights().map(values));

test('freezeUpTo keeps a block, or a layer, and all before it as they are', async () => {
  const changedBy = async (freezeUpTo: string, freeze: 'full' | 'gradual') => {
    const [original, backbone] = [await digitsBackbone(), await digitsBackbone()];
    const { result } = await run({ freeze, freezeUpTo, headEpochs: 1, unfreezeEvery: 1, epochs: 3, batchNorm: 'train', restoreBestWeights: false }, { backbone });
    const changed = original.model.layers.map(({ name }) => name).filter((name) => !equal(backbone, original, name));
    result.dispose();
    original.model.dispose();
    return changed;
  };
  const last = ['block3_conv1', 'block3_bn1', 'block3_conv2', 'block3_bn2'];
  for (const freeze of ['full', 'gradual'] as const) expect(await changedBy('block2', freeze)).toEqual(last);
  expect(await changedBy('layer:block3_bn1', 'full')).toEqual(last.slice(2));
});

test('an unknown block or layer to freeze is an error that lists the valid ones', async () => {
  const before = tf.memory().numTensors;
  await expect(run({ freeze: 'full', freezeUpTo: 'block9' })).rejects.toThrow(/no such block.*block1, block2, block3.*layer:NAME/);
  await expect(run({ freeze: 'full', freezeUpTo: 'layer:block3_bn7' })).rejects.toThrow(/no such layer\. Did you mean block3_bn[12]\?.*block1_conv1, block1_bn1/);
  expect(tf.memory().numTensors).toBe(before);
});

test('the learning rate is found before training, used, and leaves no other trace', async () => {
  const found: FoundLearningRate[] = [];
  const { result, phases, epochs } = await run({ freeze: 'last_blocks', findLearningRate: true, batchNorm: 'train' }, { onLearningRateFound: (curve) => { found.push(curve); } });
  const [{ rates, losses, suggestion }] = found as [FoundLearningRate];
  expect(found).toHaveLength(1);
  expect(rates[0]).toBeCloseTo(1e-7, 12);
  expect(losses).toHaveLength(rates.length);
  expect(rates).toContain(suggestion);
  expect(epochs.map(({ lr }) => lr)).toEqual(epochs.map(() => expect.closeTo(suggestion!, 9)));
  expect(phases).toEqual(['features', 'finding the learning rate', `fine-tuning (found learning rate ${suggestion!.toPrecision(2)})`, 'evaluating']);

  // The same rates given outright make the same run, to the bit: weights, statistics and random numbers are as before.
  const scale = suggestion! / 1e-3;
  const given = await run({ freeze: 'last_blocks', learningRate: suggestion!, backboneLearningRate: 2e-4 * scale, batchNorm: 'train' });
  const losses_ = (all: Record<string, number>[]) => all.map((metrics) => metrics['train/loss']!);
  losses_(given.epochs).forEach((loss, index) => expect(loss).toBeCloseTo(losses_(epochs)[index]!, 5));
  result.dispose();
  given.result.dispose();
});

test('the saved model reloads in plain tfjs and gives the same probabilities', async () => {
  for (const input of [{ freeze: 'head' }, { freeze: 'full', backboneLearningRate: 0.01, batchNorm: 'train' }] as const) {
    const { result } = await run(input);
    const files = Object.fromEntries((await result.saveModel()).map(({ path, bytes }) => [path, bytes]));
    expect(Object.keys(files).sort()).toEqual(['labels.json', 'model.json', 'preprocessing.json', 'weights.bin']);
    const json = (path: string) => JSON.parse(new TextDecoder().decode(files[path]));
    expect(json('labels.json')).toEqual(classes);
    expect(json('preprocessing.json')).toMatchObject({ inputSize: 28, range: [-1, 1], description: expect.stringContaining('28 × 28') });

    const { modelTopology, weightsManifest } = json('model.json');
    const model = await tf.loadLayersModel(tf.io.fromMemory({ modelTopology, weightSpecs: weightsManifest[0].weights, weightData: files['weights.bin']!.slice().buffer }));
    const pictures = await inputsOf(val, 20, 28);
    const probabilities = values(model.predict(pictures) as tf.Tensor);
    probabilities.forEach((value, index) => expect(Math.abs(value - result.evaluation.probabilities[index]!)).toBeLessThan(1e-4));
    tf.dispose(pictures);
    model.dispose();
    result.dispose();
  }
});

test('cancelling ends within a batch, with the best epoch so far', async () => {
  const controller = new AbortController();
  const { result } = await run({ freeze: 'full', epochs: 1000 }, { signal: controller.signal, onEpoch: (epoch) => { if (epoch === 2) controller.abort(); } });
  expect(result).toMatchObject({ endReason: 'CANCELLED', epochs: 2 });
  expect(result.evaluation.probabilities).toHaveLength(val.count * classes.length);
  result.dispose();

  const early = await run({}, { signal: AbortSignal.abort() });
  expect(early.result).toMatchObject({ endReason: 'CANCELLED', epochs: 0, bestEpoch: 0, metrics: {} });
  early.result.dispose();
});

test('timers run while it trains', async () => {
  let ticks = 0;
  const timer = setInterval(() => { ticks++; }, 5);
  const { result } = await run({ freeze: 'full' });
  clearInterval(timer);
  expect(ticks).toBeGreaterThan(5);
  result.dispose();
});

test('a diverging loss is an error that says where, and what to try', async () => {
  await expect(run({ freeze: 'full', optimizer: 'sgd', learningRate: 10, backboneLearningRate: 10 })).rejects.toThrow(/(loss|gradients).* became (NaN|Infinity) at epoch 1, step \d+\. Lower learningRate \(now 10\) and backboneLearningRate/);
});

test('a run that breaks off after some epochs ends with the best one, its evaluation and what to try', async () => {
  for (const restoreBestWeights of [true, false]) {
    const { result, epochs } = await run({ freeze: 'fine_tune', headEpochs: 2, epochs: 8, optimizer: 'sgd', learningRate: 0.01, backboneLearningRate: 10, restoreBestWeights });
    expect(result).toMatchObject({ endReason: 'ERROR', error: expect.stringMatching(/became (NaN|Infinity) at epoch \d+, step \d+\. Lower learningRate \(now 0.01\) and backboneLearningRate \(now 10\)/) });
    expect(result.epochs).toBe(epochs.length);
    const best = epochs[result.bestEpoch - 1]!;
    expect(result.evaluation.loss).toBeCloseTo(best['val/loss']!, 4);
    expect(result.metrics['val/accuracy']).toBeCloseTo(best['val/accuracy']!, 6);
    if (!restoreBestWeights) expect(result.bestEpoch).toBe(epochs.length);
    expect([...result.evaluation.probabilities].every(Number.isFinite)).toBe(true);
    result.dispose();
  }
});

test('features that are not numbers are told from a rate that is too high', async () => {
  const backbone = await digitsBackbone();
  const [kernel] = backbone.model.getLayer('block3_conv2').weights;
  const variable = kernel!.read() as tf.Variable;
  tf.tidy(() => variable.assign(tf.fill(variable.shape, Number.NaN)));
  await expect(run({}, { backbone })).rejects.toThrow(/epoch 1, step 1 is NaN or infinite: the backbone/);
});

test('no pictures, or one class, is an error', async () => {
  await expect(run({}, { val: { ...val, count: 0 } })).rejects.toThrow('no validation pictures');
  await expect(run({}, { classes: ['5'] })).rejects.toThrow('one class, 5');
});

test('nothing is left in memory, however a run ends', async () => {
  const before = tf.memory().numTensors;
  for (const input of [{ freeze: 'head', horizontalFlip: true }, { freeze: 'head', rotation: 5, augmentedViews: 2 }, { freeze: 'head', mixup: 0.2, cutmix: 1 }, { freeze: 'last_blocks' }, { freeze: 'fine_tune', headEpochs: 1, batchNorm: 'train' }, { pretrained: false }] as const) {
    const { result } = await run({ ...input, epochs: 2 });
    await result.saveModel();
    result.dispose();
  }
  (await run({}, { signal: AbortSignal.abort() })).result.dispose();
  await expect(run({ freeze: 'full', optimizer: 'sgd', learningRate: 10, backboneLearningRate: 10 })).rejects.toThrow('Lower');
  expect(tf.memory().numTensors).toBe(before);
});
