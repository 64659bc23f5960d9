import type { ArtifactRow } from '@thaw/db';
import { readVersionPictures } from '@thaw/db/queries/dataset/read-version-pictures';
import type { Context } from '../context';
import { parsePictureId } from '../dataset/picture-id';
import { badInput } from '../errors';
import { Comparison, type ComparedRow, type KeyedEvaluation } from './compare-predictions';
import { readEvaluation } from './read-evaluation';

/** Of all runs together: what a comparison keeps in memory. */
const mostPredictions = 1_000_000;

export interface ComparedEvaluations {
  rows: ComparedRow[];
  classes: string[];
  acrossVersions: boolean;
  evaluatedOn: number[];
}

export const evaluationFileOf = (artifacts: readonly ArtifactRow[], path = 'evaluation.json') =>
  artifacts.find(({ kind }) => kind === 'EVALUATION')?.files.find((file) => file.path === path);

type Narrow = KeyedEvaluation['predictions'][number];

/** Reads one evaluation after the other and keeps four numbers of each prediction: probabilities of a thousand classes are not held for all runs at once. */
export async function compareEvaluations({ db, blobs }: Context, files: readonly { sha256: string }[]): Promise<ComparedEvaluations> {
  const evaluations: { classes: string[]; predictions: Narrow[] }[] = [];
  let count = 0;
  for (const { sha256 } of files) {
    const { classes, predictions } = readEvaluation(await blobs.read(sha256));
    count += predictions.length;
    if (count > mostPredictions) throw badInput(`The runs have more than ${mostPredictions} predictions together; at most so many are compared at once. Compare fewer runs.`);
    evaluations.push({ classes, predictions: predictions.map(({ picture, label, predicted, confidence }) => ({ key: picture, picture, label, predicted, confidence })) });
  }
  const versions = new Set(evaluations.flatMap(({ predictions }) => predictions.map(({ picture }) => parsePictureId(picture)?.versionId ?? '')));
  const acrossVersions = versions.size > 1;
  const contents = acrossVersions ? await contentsOf(db, versions) : null;
  const comparison = new Comparison();
  for (const { classes, predictions } of evaluations) {
    comparison.add({ classes, predictions: contents ? predictions.flatMap((prediction) => keyed(prediction, contents)) : predictions });
  }
  return { rows: comparison.shared(), classes: [...comparison.classes], acrossVersions, evaluatedOn: evaluations.map(({ predictions }) => predictions.length) };
}

function keyed(prediction: Narrow, contents: ReadonlyMap<string, string>): Narrow[] {
  const key = contents.get(prediction.picture);
  return key === undefined ? [] : [{ ...prediction, key }];
}

/** sha256 by Picture.id */
async function contentsOf(db: Context['db'], versions: ReadonlySet<string>): Promise<Map<string, string>> {
  const contents = new Map<string, string>();
  for (const versionId of versions) {
    if (versionId === '') continue;
    for (const { position, sha256 } of await readVersionPictures(db, versionId)) contents.set(`${versionId}.${position}`, sha256);
  }
  return contents;
}
