import type { DatasetClass, DatasetVersionRow } from '@thaw/db';
import type { DuplicateCounts } from '@thaw/db/queries/dataset/count-duplicates';
import { type TinyPictures, tinySide } from '@thaw/db/queries/dataset/count-tiny-pictures';
import { wilson } from '../wilson';
import type { Finding } from './finding.type';
import { listOf } from './list-of';

/** Times the training pictures of the smallest class that the largest may have. */
const balanced = 3;
/** Below it the interval of a class's accuracy is wider than ± 14 points. */
const enoughValidation = 30;
const hardlyAnyValidation = 10;
const enoughTraining = 10;

export interface Examined {
  version: Pick<DatasetVersionRow, 'classes' | 'skipped'>;
  /** null while its pictures have yet to be compared */
  duplicates: DuplicateCounts | null;
  tiny: TinyPictures | null;
}

/** What is odd about a version, what matters most first. */
export function versionFindings({ version: { classes, skipped }, duplicates, tiny }: Examined): Finding[] {
  const found = [...(duplicates ? [...leaks(duplicates), ...conflicts(duplicates, classes)] : []), ...validation(classes), ...balance(classes), ...training(classes), ...(duplicates ? repeats(duplicates) : [])];
  if (tiny) found.push({ code: 'TINY_PICTURES', severity: 'NOTE', title: `${plural(tiny.count, 'picture')} of fewer than ${tinySide} pixels`, message: `The smallest is ${tiny.smallest} pixels on its shorter side. Backbones look at 96 to 299 pixels, so ${tiny.count === 1 ? 'it is' : 'they are'} enlarged and blurred.`, classes: [], count: tiny.count });
  if (skipped.length > 0) found.push({ code: 'SKIPPED_FILES', severity: 'NOTE', title: `${plural(skipped.length, 'file')} not imported`, message: `${skipped[0]!.path}: ${skipped[0]!.reason}${skipped.length > 1 ? ` (and ${skipped.length - 1} more)` : ''}`, classes: [], count: skipped.length });
  return [...found.filter(({ severity }) => severity === 'WARNING'), ...found.filter(({ severity }) => severity === 'NOTE')];
}

function leaks({ leakedExactly, leakedNearly }: DuplicateCounts): Finding[] {
  const found: Finding[] = [];
  if (leakedExactly > 0) found.push({ code: 'LEAK_EXACT', severity: 'WARNING', title: `${plural(leakedExactly, 'validation picture')} ${leakedExactly === 1 ? 'is' : 'are'} in training too`, message: 'They are the same byte for byte. The model is measured on what it learnt by heart: validation accuracy looks better than it is.', classes: [], count: leakedExactly });
  if (leakedNearly > 0) found.push({ code: 'LEAK_NEAR', severity: 'WARNING', title: `${plural(leakedNearly, 'validation picture')} ${leakedNearly === 1 ? 'looks' : 'look'} like one in training`, message: 'Their perceptual hashes differ in 8 of 64 bits or fewer, as those of frames of one film or of a cropped copy do. Validation accuracy may look better than it is.', classes: [], count: leakedNearly });
  return found;
}

function conflicts({ conflicts: count, conflictClasses }: DuplicateCounts, classes: readonly DatasetClass[]): Finding[] {
  if (count === 0) return [];
  const affected = conflictClasses.map((index) => classes[index]!.name);
  return [{
    code: 'LABEL_CONFLICT', severity: 'WARNING', title: count === 1 ? `The same picture under two classes: ${affected.join(' and ')}` : `${count} pairs of the same picture under two classes`,
    message: `They are the same byte for byte, so at most one of the labels is right, and the model cannot learn both.${count === 1 ? '' : ` The classes are ${listOf(affected)}.`} Remove the wrong one, or move it to the class of the other.`, classes: affected, count,
  }];
}

function repeats({ exact, near, leaks: leaked }: DuplicateCounts): Finding[] {
  const within = exact + near - leaked;
  return within > 0 ? [{ code: 'DUPLICATES', severity: 'NOTE', title: `${plural(within, 'pair')} of alike pictures within a split`, message: 'What is there twice counts twice: in what the model learns, or in how it is measured.', classes: [], count: within }] : [];
}

function validation(classes: readonly DatasetClass[]): Finding[] {
  const unseen = classes.filter(({ valCount }) => valCount === 0);
  const few = classes.filter(({ valCount }) => valCount > 0 && valCount < enoughValidation).sort((a, b) => a.valCount - b.valCount);
  const found: Finding[] = [];
  if (unseen.length > 0) found.push({ code: 'NO_VALIDATION', severity: 'WARNING', title: `No validation picture of ${listOf(names(unseen))}`, message: `Accuracy says nothing about ${unseen.length === 1 ? 'it' : 'them'}. Move some training pictures to validation, or add new ones.`, classes: names(unseen), count: unseen.length });
  if (few.length > 0) {
    const least = few[0]!;
    const all = classes.reduce((sum, { valCount }) => sum + valCount, 0);
    found.push({
      code: 'FEW_VALIDATION', severity: least.valCount < hardlyAnyValidation ? 'WARNING' : 'NOTE', title: `Few validation pictures in ${plural(few.length, 'class', 'classes')}`,
      message: `"${least.name}" has ${least.valCount}: an accuracy of 80 % on them means ± ${points(least.valCount)} points (95 % Wilson interval). On all ${all} it means ± ${points(all)}, so runs that are closer are not told apart.`,
      classes: names(few), count: few.length,
    });
  }
  return found;
}

function balance(classes: readonly DatasetClass[]): Finding[] {
  const bySize = classes.filter(({ trainCount }) => trainCount > 0).sort((a, b) => a.trainCount - b.trainCount);
  const [least, most] = [bySize[0], bySize.at(-1)];
  if (!least || !most || most.trainCount < balanced * least.trainCount) return [];
  const small = bySize.filter(({ trainCount }) => most.trainCount >= balanced * trainCount);
  return [{ code: 'IMBALANCE', severity: 'WARNING', title: `Classes differ ${(most.trainCount / least.trainCount).toFixed(1)} times in size`, message: `"${most.name}" has ${plural(most.trainCount, 'training picture')}, "${least.name}" ${least.trainCount}. A model does well on average by neglecting the small ones: weigh the classes in the loss, or add pictures.`, classes: names(small), count: small.length }];
}

function training(classes: readonly DatasetClass[]): Finding[] {
  const few = classes.filter(({ trainCount }) => trainCount < enoughTraining).sort((a, b) => a.trainCount - b.trainCount);
  return few.length > 0 ? [{ code: 'FEW_TRAINING', severity: 'WARNING', title: `Fewer than ${enoughTraining} training pictures in ${plural(few.length, 'class', 'classes')}`, message: `"${few[0]!.name}" has ${few[0]!.trainCount}. Add pictures, or leave the class out.`, classes: names(few), count: few.length }] : [];
}

/** Half the width of the 95 % Wilson interval of an accuracy of 80 %, in points. */
export function points(pictures: number): number {
  const { low, high } = wilson(0.8, pictures);
  return Math.round((100 * (high - low)) / 2);
}

const names = (classes: readonly DatasetClass[]) => classes.map(({ name }) => name);
const plural = (count: number, one: string, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;
