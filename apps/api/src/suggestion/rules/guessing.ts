import { figure, percent, ratesTimes, seen, unfreezes, type Facts, type Rule } from '../facts';
import { wilson } from '../../wilson';

/** Where one class is more of the pictures than this, a model that has learned much may be right no more often than its share. */
const mostOfOne = 0.6;
/** What share of the way from a guess to no mistake at all it may have gone on its training pictures: beyond, it learns, but nothing that holds. */
const learned = 0.5;
/** By what share of itself the training loss falls over the last epochs where it is still on its way. */
const falling = 0.02;

/**
 * A model that is right no more often than one that always names the largest class has not begun to learn. Before anything else is
 * mended it must beat that baseline (Karpathy: "verify decreasing training loss", "human baseline and input-independent baseline").
 */
export const guessing: Rule = {
  code: 'GUESSING',
  looksFor: 'a model that is right no more often than a guess',
  reference: 'Karpathy 2019, “A Recipe for Training Neural Networks”, step 2; Wilson 1927',
  judge(facts) {
    const { accuracy, val, classes, curves: { 'train/accuracy': train } } = facts;
    if (accuracy === null || val === 0) return { unknown: 'There is no validation accuracy.' };
    const largest = classes.reduce((most, each) => (each.valCount > most.valCount ? each : most));
    const share = largest.valCount / val;
    if (share > mostOfOne) return { unknown: `${largest.name} is ${percent(share)} of the validation pictures: the accuracy does not tell learning from a guess.` };
    const { low, high } = wilson(accuracy, val);
    if (low > share) return { fine: `It is right ${percent(accuracy)} of the time; always to say ${largest.name} would be right ${percent(share)}.` };
    const trained = train.at(-1) ?? 0;
    if (trained - share > learned * (1 - share)) return { fine: `It tells ${percent(trained)} of its training pictures apart, so it has learned; on new ones it is right ${percent(accuracy)} of the time.` };
    const { evidence, ...way } = waysOut(facts);
    return {
      title: 'It does no better than guessing', confidence: 'HIGH', ...way,
      evidence: [seen(`val/accuracy ${percent(accuracy)}: 95 % interval ${percent(low)} to ${percent(high)} on ${val} pictures; always to say ${largest.name} would be right ${percent(share)}`, 'val/accuracy', accuracy, facts.bestEpoch), ...evidence],
    };
  },
};

function waysOut(facts: Facts) {
  const { config, completed, curves: { 'train/loss': loss } } = facts;
  const last = loss.length - 1;
  const before = Math.max(0, last - Math.max(2, Math.floor(last / 4)));
  const fell = last < 1 ? 0 : (loss[before]! - loss[last]!) / Math.abs(loss[before]!);
  const evidence = last < 1 ? [] : [seen(`train/loss ${figure(loss[before]!)} in epoch ${before + 1}, ${figure(loss[last]!)} in epoch ${last + 1}${fell > falling ? `: it still fell by ${(100 * fell).toFixed(0)} %` : ''}`, 'train/loss', loss[last]!, last + 1)];
  if (fell > falling) {
    const isSlow = loss[last]! > loss[0]! / 2;
    const longer = completed ? { epochs: Math.min(10_000, 2 * config.epochs) } : { patience: Math.max(10, 2 * config.patience) };
    return {
      evidence, changes: { ...(isSlow ? { ...ratesTimes(facts, 3), findLearningRate: false } : {}), ...longer },
      explanation: `It has hardly begun to learn, but its training loss was still falling when ${completed ? 'its epochs were over' : 'it was stopped'}. ${completed ? 'More epochs' : 'More patience'} let it go on${isSlow ? ', and three times the rate gets it there sooner' : ''}. Other advice waits until it beats a guess.`,
    };
  }
  const changes: Record<string, unknown> = !config.findLearningRate ? { findLearningRate: true } : unfreezes(config) ? ratesTimes(facts, 1 / 3) : { freeze: 'fine_tune' };
  return {
    evidence, changes,
    explanation: `It has not learned, and its training loss no longer falls. ${!config.findLearningRate ? 'The learning-rate finder looks for a rate at which it does.' : unfreezes(config) ? 'A lower rate may find what these steps pass over.' : 'The frozen backbone may see nothing in these pictures that tells them apart: unfreeze it.'} Look at a few pictures and their labels, too: labels that are mixed up look just like this.`,
  };
}
