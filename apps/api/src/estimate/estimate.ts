import type { Measured } from './measure';
import { epochPictures, epochsByKind, featurePictures, type Wanted, workOf } from './work';

export interface Estimate {
  seconds: number;
  low: number;
  high: number;
  /** Epochs the expected time counts. */
  epochs: number;
  /** Runs it was read from. */
  basedOn: number;
  /** How they resemble this one, for people. */
  similarity: string;
}

/** A figure and how far from it the truth may lie, as a factor. */
interface Figure { value: number; spread: number; runs: readonly Measured[]; similarity: string }

/**
 * seconds = overhead + Σ over stages of epochs × pictures × seconds per picture; each part is read from the runs that
 * resemble this one most. Nothing is fitted: with a handful of runs, medians of alike ones are what can be defended.
 */
export function estimate(known: readonly Measured[], wanted: Wanted): Estimate | null {
  const rates = new Map<string, Figure>();
  const { low: fewest, expected: epochs, high: most } = expectedEpochs(known, wanted);
  for (const kind of epochsByKind(wanted.config, most).keys()) {
    const rate = rateOf(known, wanted, kind);
    if (!rate) return null;
    rates.set(kind, rate);
  }
  const overhead = overheadOf(known, wanted);
  if (!overhead) return null;

  const train = (count: number, by: -1 | 0 | 1) =>
    [...epochsByKind(wanted.config, count)].reduce((sum, [kind, number]) => sum + number * epochPictures(wanted) * at(rates.get(kind)!, by), 0);
  const twin = twinOf(known, wanted, epochs);
  const worst = [overhead, ...rates.values()].reduce((a, b) => (b.spread > a.spread ? b : a));
  return {
    seconds: at(overhead, 0) + train(epochs, 0) + twin,
    low: at(overhead, -1) + train(fewest, -1) + twin / 1.5,
    high: at(overhead, 1) + train(most, 1) + twin * 1.5,
    epochs,
    basedOn: new Set([...rates.values(), overhead].flatMap(({ runs }) => runs.map(({ run }) => run.id))).size,
    similarity: worst.similarity,
  };
}

const at = ({ value, spread }: Figure, by: -1 | 0 | 1): number => value * spread ** by;

/** The first group that is not empty; further groups are less alike, and say so by their spread. */
function firstOf(groups: readonly { runs: readonly Measured[]; value: (run: Measured) => number; least: number; similarity: string }[]): Figure | null {
  for (const { runs, value, least, similarity } of groups) {
    if (runs.length === 0) continue;
    const values = runs.map(value).sort((a, b) => a - b);
    const middle = median(values);
    const widest = middle > 0 ? Math.max(values.at(-1)! / middle, middle / Math.max(values[0]!, middle / 10)) : 1;
    return { value: middle, spread: Math.min(10, Math.max(least, widest)), runs, similarity };
  }
  return null;
}

/** Spreads when there is little to read one from: machines are busy at other times, and other networks scale otherwise. */
const least = { same: 1.3, otherPictures: 1.5, otherDepth: 2.5, otherBackbone: 2.5, anything: 4 };

function rateOf(known: readonly Measured[], wanted: Wanted, kind: string): Figure | null {
  const rate = ({ perPicture }: Measured) => perPicture.get(kind)!;
  const alike = known.filter(({ perPicture }) => perPicture.has(kind));
  const sameBackbone = alike.filter(({ run }) => run.backboneId === wanted.backboneId);
  return firstOf([
    { runs: sameBackbone.filter(({ run }) => run.datasetId === wanted.datasetId && run.config.batchSize === wanted.config.batchSize), value: rate, least: least.same, similarity: 'the same backbone, dataset and layers' },
    { runs: sameBackbone, value: rate, least: least.otherPictures, similarity: 'the same backbone and layers on other pictures or batches' },
  ]) ?? between(known, wanted, kind) ?? firstOf([
    { runs: alike.filter(({ run }) => run.speed && wanted.speed), value: (each) => rate(each) * (each.run.speed! / wanted.speed!), least: least.otherBackbone, similarity: 'other backbones with the same layers unfrozen, by their speeds' },
    { runs: alike, value: rate, least: least.anything, similarity: 'other backbones of unknown speed' },
  ]);
}

/** Some blocks cost more than the head alone and less than all: their geometric mean, as wide as the two lie apart. */
function between(known: readonly Measured[], wanted: Wanted, kind: string): Figure | null {
  if (kind === 'full' || kind.startsWith('head')) return null;
  const here = known.filter(({ run }) => run.backboneId === wanted.backboneId);
  const of = (bound: string) => firstOf([{ runs: here.filter(({ perPicture }) => perPicture.has(bound)), value: ({ perPicture }) => perPicture.get(bound)!, least: 1, similarity: '' }]);
  const [head, full] = [of('head'), of('full')];
  if (!head || !full || head.value <= 0) return null;
  return { value: Math.sqrt(head.value * full.value), spread: Math.min(10, Math.max(least.otherDepth, Math.sqrt(full.value / head.value))), runs: [...head.runs, ...full.runs], similarity: 'the same backbone with fewer and with more layers unfrozen' };
}

/** Features that are kept are only read; those that are not are computed, in proportion to the pictures. */
function overheadOf(known: readonly Measured[], wanted: Wanted): Figure | null {
  const pictures = featurePictures(wanted.config, wanted);
  const scaled = ({ overheadPerPicture }: Measured) => overheadPerPicture * pictures;
  const value = wanted.featuresKept ? ({ overhead }: Measured) => overhead : scaled;
  const begins = workOf(wanted.config)[0]!.kind;
  const begun = ({ run }: Measured) => workOf(run.config)[0]!.kind === begins;
  const alike = narrowed(known, [({ run }) => run.config.transferGain === wanted.config.transferGain, ({ run }) => run.featuresKept === wanted.featuresKept]);
  const stages = workOf(wanted.config).length;
  const sameBackbone = alike.filter(({ run }) => run.backboneId === wanted.backboneId);
  return firstOf([
    { runs: sameBackbone.filter((each) => begun(each) && each.run.versionId === wanted.versionId && workOf(each.run.config).length === stages && each.run.featuresKept === wanted.featuresKept), value, least: least.same, similarity: 'the same backbone, dataset and layers' },
    { runs: sameBackbone.filter(({ run }) => run.datasetId === wanted.datasetId), value, least: least.otherDepth, similarity: 'the same backbone and dataset with other layers' },
    { runs: sameBackbone, value, least: least.otherDepth, similarity: 'the same backbone on other pictures' },
    { runs: alike.filter(({ run }) => run.speed && wanted.speed), value: (each) => value(each) * (each.run.speed! / wanted.speed!), least: least.otherBackbone, similarity: 'other backbones, by their speeds' },
    { runs: alike, value, least: least.anything, similarity: 'other backbones of unknown speed' },
  ]);
}

/** By each condition in turn, unless that would leave none. */
function narrowed(known: readonly Measured[], conditions: readonly ((each: Measured) => boolean)[]): readonly Measured[] {
  return conditions.reduce((left, condition) => {
    const kept = left.filter(condition);
    return kept.length > 0 ? kept : left;
  }, known);
}

/** A twin trains the whole network from scratch for as many epochs. */
function twinOf(known: readonly Measured[], wanted: Wanted, epochs: number): number {
  if (!['twin', 'both'].includes(wanted.config.transferGain) || known.some(({ run }) => run.config.transferGain === wanted.config.transferGain)) return 0;
  const rate = rateOf(known, wanted, 'full');
  return rate ? rate.value * epochs * epochPictures(wanted) : 0;
}

/** With early stopping, the share of their epochs that runs of the same strategy on the same dataset trained. */
function expectedEpochs(known: readonly Measured[], { datasetId, config }: Wanted): { low: number; expected: number; high: number } {
  const { epochs, earlyStopping, patience, startFromEpoch, freeze } = config;
  if (!earlyStopping) return { low: epochs, expected: epochs, high: epochs };
  const earliest = Math.min(epochs, startFromEpoch + patience + 1);
  const alike = known.filter(({ run }) => run.datasetId === datasetId && run.config.freeze === freeze && run.config.earlyStopping);
  if (alike.length === 0) return { low: earliest, expected: epochs, high: epochs };
  // One that trained all of its epochs says only that it would not have stopped before.
  const trained = alike.map(({ run }) => (run.epochs >= run.config.epochs ? epochs : Math.min(epochs, run.epochs - run.config.patience + patience))).sort((a, b) => a - b);
  return { low: Math.max(Math.min(earliest, epochs), trained[0]!), expected: Math.max(earliest, Math.round(median(trained))), high: Math.max(earliest, trained.length > 3 ? trained.at(-1)! : epochs) };
}

/** Of sorted values. */
const median = (values: readonly number[]): number => (values[(values.length - 1) >> 1]! + values[values.length >> 1]!) / 2;
