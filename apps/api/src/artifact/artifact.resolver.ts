import type { ArtifactRow, DatasetVersionRow, PictureRow, RunRow } from '@thaw/db';
import { findArtifactsOfRuns } from '@thaw/db/queries/artifact/find-artifacts-of-runs';
import { findPictures } from '@thaw/db/queries/dataset/list-pictures';
import { Arg, Ctx, FieldResolver, Int, Mutation, Resolver, Root } from 'type-graphql';
import { checkFirst, decodeCursor, encodeCursor, type Page, toPage } from '../connection';
import { type Context, loadExisting } from '../context';
import { parsePictureId } from '../dataset/picture-id';
import { badInput } from '../errors';
import { Run } from '../run/run.type';
import { ArtifactPayload, LogArtifactInput } from './artifact.input';
import { ArtifactContentResolver } from './artifact-content.resolver';
import { Artifact, ClassReport, Evaluation, PredictionConnection } from './artifact.type';
import { byInterest, classReports, confusionMatrix } from './evaluate-predictions';
import { logArtifact } from './log-artifact';
import { readEvaluation, type StoredEvaluation } from './read-evaluation';

interface LabelledPrediction {
  picture: PictureRow;
  label: string;
  predicted: string;
  confidence: number;
  correct: boolean;
}

@Resolver(() => Run)
class RunArtifactsResolver {
  @FieldResolver(() => [Artifact], { description: 'By name.' })
  artifacts(@Root() run: RunRow, @Ctx() context: Context): Promise<ArtifactRow[]> {
    return loadExisting(context, findArtifactsOfRuns, run.id);
  }

  @FieldResolver(() => Evaluation, { nullable: true, description: 'null until the trainer has logged it.' })
  async evaluation(@Root() run: RunRow, @Ctx() context: Context): Promise<StoredEvaluation | null> {
    const artifacts = await loadExisting(context, findArtifactsOfRuns, run.id);
    const file = artifacts.find(({ kind }) => kind === 'EVALUATION')?.files.find(({ path }) => path === 'evaluation.json');
    return file ? readEvaluation(await context.blobs.read(file.sha256)) : null;
  }

  @Mutation(() => ArtifactPayload, { description: 'Files of a run, uploaded before with POST /blobs. The same name replaces.' })
  logArtifact(@Ctx() context: Context, @Arg('input', () => LogArtifactInput, { description: 'The files and their name.' }) input: LogArtifactInput): Promise<ArtifactPayload> {
    return logArtifact(context, input);
  }
}

@Resolver(() => Evaluation)
class EvaluationResolver {
  @FieldResolver(() => [[Int]])
  confusionMatrix(@Root() { predictions, classes }: StoredEvaluation): number[][] {
    return confusionMatrix(predictions, classes.length);
  }

  @FieldResolver(() => [ClassReport], { description: 'In the order of classes.' })
  perClass(@Root() { predictions, classes }: StoredEvaluation): ClassReport[] {
    return classReports(confusionMatrix(predictions, classes.length), classes);
  }

  @FieldResolver(() => PredictionConnection, { description: 'Most confident mistakes first, then the rest by confidence, least first.' })
  async predictions(
    @Root() { predictions, classes }: StoredEvaluation,
    @Ctx() { db }: Context,
    @Arg('misclassifiedOnly', () => Boolean, { defaultValue: false, description: 'Leaves out what was told right.' }) misclassifiedOnly: boolean,
    @Arg('first', () => Int, { defaultValue: 100, description: 'How many, 1 to 1000.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'endCursor of the page before.' }) after?: string,
  ): Promise<Page<LabelledPrediction>> {
    const start = after ? Number(decodeCursor(after)[0]) + 1 : 0;
    if (!Number.isInteger(start)) throw badInput('after is no cursor of a list of predictions. Pass pageInfo.endCursor of its previous page.');
    const chosen = byInterest(predictions).filter(({ label, predicted }) => !misclassifiedOnly || label !== predicted);
    const rows = chosen.slice(start, start + checkFirst(first) + 1);
    const pictures = await picturesOf(db, rows.map(({ picture }) => picture));
    // A picture may be gone with its dataset; the figures still count it.
    const labelled = rows.flatMap(({ picture, label, predicted, confidence }, index) => {
      const row = pictures.get(picture);
      return row ? [{ place: start + index, picture: row, label: classes[label]!, predicted: classes[predicted]!, confidence, correct: label === predicted }] : [];
    });
    return toPage(labelled, first, ({ place }) => encodeCursor([place]), () => chosen.length);
  }
}

async function picturesOf(db: Context['db'], ids: readonly string[]): Promise<Map<string, PictureRow>> {
  const positions = new Map<DatasetVersionRow['id'], number[]>();
  for (const id of ids) {
    const picture = parsePictureId(id);
    if (picture) positions.set(picture.versionId, [...(positions.get(picture.versionId) ?? []), picture.position]);
  }
  const found = new Map<string, PictureRow>();
  for (const [versionId, wanted] of positions) {
    for (const row of (await findPictures(db, versionId, wanted)).values()) found.set(`${row.versionId}.${row.position}`, row);
  }
  return found;
}

export const artifactResolvers = [RunArtifactsResolver, ArtifactContentResolver, EvaluationResolver] as const;
