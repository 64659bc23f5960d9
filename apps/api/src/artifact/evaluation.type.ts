import { Field, Float, Int, ObjectType } from 'type-graphql';
import { connectionType } from '../connection';
import { Picture } from '../dataset/dataset.type';
import { graphqlEnum } from '../enum';

@ObjectType({ description: 'How well one class was told from the others.' })
export class ClassReport {
  @Field(() => String, { description: 'Name of the class.' })
  label!: string;

  @Field(() => Float, { description: 'Share of the pictures called this that are; 0 when none is.' })
  precision!: number;

  @Field(() => Float, { description: 'Share of this class’s pictures that were found; 0 when it has none.' })
  recall!: number;

  @Field(() => Float, { description: 'Harmonic mean of the two.' })
  f1!: number;

  @Field(() => Int, { description: 'Validation pictures of this class.' })
  support!: number;
}

@ObjectType({ description: 'Figures of all classes as one.' })
export class ClassAverage {
  @Field(() => Float, { description: 'Mean precision of the classes.' })
  precision!: number;

  @Field(() => Float, { description: 'Mean recall of the classes.' })
  recall!: number;

  @Field(() => Float, { description: 'Mean F1 of the classes.' })
  f1!: number;
}

@ObjectType({ description: 'One bar of the reliability diagram: predictions with lower < confidence ≤ upper.' })
export class CalibrationBin {
  @Field(() => Float, { description: 'Confidence above which predictions are in it.' })
  lower!: number;

  @Field(() => Float, { description: 'Confidence up to which predictions are in it.' })
  upper!: number;

  @Field(() => Int, { description: 'Predictions in it.' })
  count!: number;

  @Field(() => Float, { nullable: true, description: 'Their mean confidence; null when there are none.' })
  confidence!: number | null;

  @Field(() => Float, { nullable: true, description: 'The share of them that is right; null when there are none.' })
  accuracy!: number | null;
}

@ObjectType({ description: 'Whether a model that is p sure is right p of the time (Guo et al. 2017).' })
export class Calibration {
  @Field(() => Float, { description: 'Expected calibration error: mean distance of confidence and accuracy over the bins, weighted by their counts. 0 is perfect.' })
  ece!: number;

  @Field(() => Float, { description: 'The largest such distance of any bin.' })
  maximumError!: number;

  @Field(() => [CalibrationBin], { description: '15 of equal width, from 0 to 1.' })
  bins!: CalibrationBin[];
}

export const TransferBaseline = graphqlEnum('TransferBaseline', ['SCRATCH', 'RANDOM_PROBE'], 'What a run is compared with, to see what its pretrained weights bought.', {
  SCRATCH: 'The same network, recipe, pictures and seed, trained from random weights: hyperparameter transferGain = twin.',
  RANDOM_PROBE: 'A head on the same network with random weights, frozen: hyperparameter transferGain = probe.',
});

@ObjectType({ description: 'What pretraining bought, against one baseline.' })
export class TransferGain {
  @Field(() => TransferBaseline, { description: 'What the run is compared with.' })
  baseline!: keyof typeof TransferBaseline;

  @Field(() => Float, { nullable: true, description: 'Accuracy of the baseline on the same validation pictures; null when there is a problem.' })
  accuracy!: number | null;

  @Field(() => Float, { nullable: true, description: 'Accuracy of the run minus that of the baseline.' })
  gain!: number | null;

  @Field(() => Float, { nullable: true, description: 'Lower end of the 95 % interval of the gain: paired bootstrap over the validation pictures, 10,000 resamples, percentiles.' })
  low!: number | null;

  @Field(() => Float, { nullable: true, description: 'Upper end of that interval.' })
  high!: number | null;

  @Field(() => Int, { description: 'The epoch whose weights the baseline was measured with.' })
  bestEpoch!: number;

  @Field(() => Int, { description: 'Epochs the baseline trained.' })
  epochs!: number;

  @Field(() => String, { nullable: true, description: 'Why there are no figures: its training diverged, say.' })
  problem!: string | null;
}

@ObjectType({ description: 'What the model made of one validation picture.' })
export class Prediction {
  @Field(() => Picture, { description: 'The picture itself.' })
  picture!: Picture;

  @Field(() => String, { description: 'True class.' })
  label!: string;

  @Field(() => String, { description: 'The most probable class.' })
  predicted!: string;

  @Field(() => Float, { description: 'Probability of the predicted class.' })
  confidence!: number;

  @Field(() => Boolean, { description: 'Whether predicted is label.' })
  correct!: boolean;
}

@ObjectType({ description: 'A page of predictions.' })
export class PredictionConnection extends connectionType(Prediction, 'Prediction') {}

@ObjectType({ description: 'The validation pictures as the last layer reads them, for a map of them.' })
export class EvaluationFeatures {
  @Field(() => Int, { description: 'Numbers for each picture: principal components, the largest variance first.' })
  dimensions!: number;

  @Field(() => Int, { description: 'Numbers the last layer reads for each.' })
  channels!: number;

  @Field(() => Float, { description: 'Share of the variance that the components keep, 0 to 1.' })
  explained!: number;

  @Field(() => Int, { description: 'All validation pictures; points may be an even choice of them.' })
  evaluated!: number;

  @Field(() => [Prediction], { description: 'The pictures, at most 2,000.' })
  points!: Prediction[];

  @Field(() => String, { description: 'Base64 of little-endian 32-bit floats: for each of points, its dimensions.' })
  values!: string;
}

@ObjectType({ description: 'The validation pictures as the restored best model sees them.' })
export class Evaluation {
  @Field(() => Float, { nullable: true, description: 'null when it is not finite.' })
  loss!: number | null;

  @Field(() => Float, { description: 'Share of the validation pictures told right.' })
  accuracy!: number;

  @Field(() => Float, { nullable: true, description: 'null with five classes or fewer.' })
  top5Accuracy!: number | null;

  @Field(() => [String], { description: "Names, in the order of the model's outputs." })
  classes!: string[];

  @Field(() => [[Int]], { description: 'Rows: true class, columns: predicted class, in the order of classes.' })
  confusionMatrix!: number[][];

  @Field(() => [ClassReport], { description: 'In the order of classes.' })
  perClass!: ClassReport[];

  @Field(() => ClassAverage, { description: 'Every class counts the same.' })
  macroAverage!: ClassAverage;

  @Field(() => ClassAverage, { description: 'Classes count by their pictures.' })
  weightedAverage!: ClassAverage;

  @Field(() => Calibration, { description: 'How far its confidence can be trusted.' })
  calibration!: Calibration;

  @Field(() => Float, { nullable: true, description: 'Mean squared distance of the probabilities from the truth, summed over the classes: 0 to 2, lower is better. null when the evaluation has no probabilities.' })
  brier!: number | null;

  @Field(() => Float, { nullable: true, description: 'Mean −log of the probability of the true class, without label smoothing. null when the evaluation has no probabilities.' })
  logLoss!: number | null;

  @Field(() => [TransferGain], { description: 'One for each baseline that was trained; empty unless the hyperparameter transferGain asked for one.' })
  transferGain!: TransferGain[];
}
