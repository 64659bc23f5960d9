import type { DatasetClass } from '@thaw/db';
import type { DuplicateCounts } from '@thaw/db/queries/dataset/count-duplicates';
import { listOf } from './list-of';

/** What is odd about a version but no reason to refuse it. Without counts its pictures have yet to be compared. */
export function versionWarnings(classes: readonly DatasetClass[], counts: DuplicateCounts | null): string[] {
  return [...thinClasses(classes), ...(counts ? alike(counts) : [])];
}

function thinClasses(classes: readonly DatasetClass[]): string[] {
  const unseen = classes.filter(({ trainCount, valCount }) => trainCount > 0 && valCount === 0).map(({ name }) => name);
  return unseen.length > 0 ? [`No validation picture for ${listOf(unseen)}: accuracy says nothing about ${unseen.length === 1 ? 'it' : 'them'}.`] : [];
}

function alike({ leakedExactly, leakedNearly, conflicts }: DuplicateCounts): string[] {
  const warnings: string[] = [];
  if (leakedExactly > 0) warnings.push(`${leakedExactly} picture${leakedExactly === 1 ? ' is' : 's are'} in training and in validation, byte for byte: validation accuracy will look better than it is.`);
  if (leakedNearly > 0) warnings.push(`${leakedNearly} validation picture${leakedNearly === 1 ? ' looks' : 's look'} nearly the same as one in training: validation accuracy may look better than it is. See the duplicates of this version.`);
  if (conflicts > 0) warnings.push(`${conflicts} pair${conflicts === 1 ? ' of the same picture is' : 's of the same picture are'} under two classes, byte for byte: one of the labels is wrong. See the duplicates of this version.`);
  return warnings;
}
