import type { PictureRow } from '@thaw/db';
import { Arg, Ctx, FieldResolver, Float, Int, Resolver, Root } from 'type-graphql';
import { checkFirst, decodeCursor, encodeCursor, type Page, toPage } from '../connection';
import type { Context } from '../context';
import { badInput } from '../errors';
import { calibrate, properScores } from './calibration';
import { averages, byInterest, classReports, confusionMatrix } from './evaluate-predictions';
import { Calibration, ClassAverage, ClassReport, Evaluation, EvaluationFeatures, PredictionConnection, TransferGain } from './evaluation.type';
import { picturesOf } from './pictures-of';
import type { StoredEvaluation } from './read-evaluation';
import { readFeatures } from './read-features';

/** With where the features are kept, if they are: read only when asked for. */
export type EvaluationSource = StoredEvaluation & { features: { sha256: string } | null };

interface LabelledPrediction {
  picture: PictureRow;
  label: string;
  predicted: string;
  confidence: number;
  correct: boolean;
}

@Resolver(() => Evaluation)
export class EvaluationResolver {
  @FieldResolver(() => [[Int]])
  confusionMatrix(@Root() { predictions, classes }: StoredEvaluation): number[][] {
    return confusionMatrix(predictions, classes.length);
  }

  @FieldResolver(() => [ClassReport], { description: 'In the order of classes.' })
  perClass(@Root() { predictions, classes }: StoredEvaluation): ClassReport[] {
    return reportsOf(predictions, classes);
  }

  @FieldResolver(() => ClassAverage)
  macroAverage(@Root() { predictions, classes }: StoredEvaluation): ClassAverage {
    return averages(reportsOf(predictions, classes)).macro;
  }

  @FieldResolver(() => ClassAverage)
  weightedAverage(@Root() { predictions, classes }: StoredEvaluation): ClassAverage {
    return averages(reportsOf(predictions, classes)).weighted;
  }

  @FieldResolver(() => Calibration)
  calibration(@Root() { predictions }: StoredEvaluation): Calibration {
    return calibrate(predictions);
  }

  @FieldResolver(() => Float, { nullable: true })
  brier(@Root() { predictions }: StoredEvaluation): number | null {
    return properScores(predictions)?.brier ?? null;
  }

  @FieldResolver(() => Float, { nullable: true })
  logLoss(@Root() { predictions }: StoredEvaluation): number | null {
    return properScores(predictions)?.logLoss ?? null;
  }

  @FieldResolver(() => [TransferGain])
  transferGain(@Root() { transferGain }: StoredEvaluation): TransferGain[] {
    return transferGain.map(({ baseline, ...figures }) => ({ ...figures, baseline: baseline === 'twin' ? 'SCRATCH' : 'RANDOM_PROBE' }));
  }

  @FieldResolver(() => EvaluationFeatures, { nullable: true, description: 'null when the run was trained before features were kept, or by a script.' })
  async features(@Root() { predictions, classes, features }: EvaluationSource, @Ctx() { db, blobs }: Context): Promise<(Omit<EvaluationFeatures, 'points'> & { points: LabelledPrediction[] }) | null> {
    if (!features) return null;
    const { rows, dimensions, channels, explained, values } = readFeatures(await blobs.read(features.sha256));
    const pictures = await picturesOf(db, rows.flatMap((row) => predictions[row]?.picture ?? []));
    const points: LabelledPrediction[] = [];
    const kept: Buffer[] = [];
    rows.forEach((row, place) => {
      const prediction = predictions[row];
      const picture = prediction && pictures.get(prediction.picture);
      if (!picture) return;
      const { label, predicted, confidence } = prediction;
      points.push({ picture, label: classes[label]!, predicted: classes[predicted]!, confidence, correct: label === predicted });
      kept.push(values.subarray(place * dimensions * 4, (place + 1) * dimensions * 4));
    });
    return { dimensions, channels, explained, evaluated: predictions.length, points, values: Buffer.concat(kept).toString('base64') };
  }

  @FieldResolver(() => PredictionConnection, { description: 'Most confident mistakes first, then the rest by confidence, least first.' })
  async predictions(
    @Root() { predictions, classes }: StoredEvaluation,
    @Ctx() { db }: Context,
    @Arg('misclassifiedOnly', () => Boolean, { defaultValue: false, description: 'Leaves out what was told right.' }) misclassifiedOnly: boolean,
    @Arg('label', () => String, { nullable: true, description: 'Only pictures of this true class.' }) wantedLabel: string | null,
    @Arg('predicted', () => String, { nullable: true, description: 'Only pictures told to be of this class.' }) wantedPrediction: string | null,
    @Arg('first', () => Int, { defaultValue: 100, description: 'How many, 1 to 1000.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'endCursor of the page before.' }) after?: string,
  ): Promise<Page<LabelledPrediction>> {
    const start = after ? Number(decodeCursor(after)[0]) + 1 : 0;
    if (!Number.isInteger(start)) throw badInput('after is no cursor of a list of predictions. Pass pageInfo.endCursor of its previous page.');
    for (const [name, wanted] of [['label', wantedLabel], ['predicted', wantedPrediction]] as const) {
      if (wanted != null && !classes.includes(wanted)) throw badInput(`${name} is "${wanted}", which is no class of this evaluation. Its classes: ${classes.slice(0, 50).join(', ')}.`);
    }
    const chosen = byInterest(predictions).filter(({ label, predicted }) =>
      (!misclassifiedOnly || label !== predicted) && (wantedLabel == null || classes[label] === wantedLabel) && (wantedPrediction == null || classes[predicted] === wantedPrediction));
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

const reportsOf = (predictions: StoredEvaluation['predictions'], classes: string[]) => classReports(confusionMatrix(predictions, classes.length), classes);
