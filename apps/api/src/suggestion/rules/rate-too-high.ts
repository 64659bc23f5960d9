import { figure, ratesTimes, seen, type Rule } from '../facts';

/** A loss that changes by this share of itself from one epoch to the next, on average over the second half, swings rather than falls. */
const swings = 0.15;

/**
 * The loss is the first to tell: it is no longer finite, it grows, it swings, or it lies above that of a guess (ln of the
 * number of classes) although the accuracy is far better than one, because steps too long have blown the logits up.
 * Karpathy's recipe and Google's playbook (determining the largest stable rate) lower the rate until none of it is seen; Smith
 * (2018) shows the same bend at the right end of a range test.
 */
export const rateTooHigh: Rule = {
  code: 'RATE_TOO_HIGH',
  looksFor: 'a loss that is not finite, grows, swings, or lies above that of a guess',
  reference: 'Google Deep Learning Tuning Playbook, “training failures and the optimization process”; Smith 2018, arXiv:1803.09820',
  judge(facts) {
    const { 'train/loss': train, 'val/loss': val, 'val/accuracy': accuracy } = facts.curves;
    const broken = [...train].findIndex((value) => !Number.isFinite(value));
    const propose = (confidence: 'HIGH' | 'MEDIUM', factor: number, explanation: string, evidence: ReturnType<typeof seen>[]) => ({ title: 'The learning rate is too high', explanation, evidence, changes: { ...ratesTimes(facts, factor), findLearningRate: false }, confidence });
    if (broken !== -1 || /not finite|diverged|NaN/i.test(facts.error ?? '')) {
      return propose('HIGH', 0.1, 'Training broke off because the loss or its gradients were no longer finite. A tenth of the rate is the usual next try.', [seen(broken === -1 ? facts.error!.split('\n', 1)[0]! : `train/loss is ${train[broken]} in epoch ${broken + 1}`, 'train/loss', null, broken + 1 || null)]);
    }
    if (val.length < 3) return { unknown: 'Fewer than three epochs.' };
    const guess = Math.log(facts.classes.length);
    const last = val.length - 1;
    const better = accuracy[last]! > 2 / facts.classes.length;
    if (val[last]! > guess && better) {
      return propose('HIGH', 0.1, 'The model is right far more often than a guess, and yet its loss is worse than that of one: steps too long have made it wildly sure of itself, mistakes included. A tenth of the rate keeps the accuracy and mends the loss.', [
        seen(`val/loss ${figure(val[last]!)}, a guess among ${facts.classes.length} classes has ${figure(guess)}`, 'val/loss', val[last]!, last + 1), seen(`val/accuracy ${figure(accuracy[last]!)}`, 'val/accuracy', accuracy[last]!, last + 1),
      ]);
    }
    if (train[last]! > train[0]! * 1.05) return propose('HIGH', 0.1, 'The training loss is higher than at the start: the steps lead away from the minimum.', [seen(`train/loss ${figure(train[0]!)} in epoch 1, ${figure(train[last]!)} in epoch ${last + 1}`, 'train/loss', train[last]!, last + 1)]);
    const half = val.slice(Math.floor(val.length / 2));
    const steps = half.slice(1).map((value, index) => (value - half[index]!) / Math.max(Math.abs(half[index]!), 1e-6));
    const mean = steps.reduce((sum, step) => sum + Math.abs(step), 0) / Math.max(1, steps.length);
    const turns = steps.slice(1).filter((step, index) => step * steps[index]! < 0).length;
    if (val.length >= 6 && mean > swings && turns >= (steps.length - 1) / 2) {
      return propose('MEDIUM', 1 / 3, 'The validation loss swings up and down instead of settling. A third of the rate calms it; so does a cosine schedule.', [seen(`val/loss changes by ${(100 * mean).toFixed(0)} % from epoch to epoch over the second half, and turns ${turns} times`, 'val/loss', val[last]!, last + 1)]);
    }
    return { fine: `The loss is finite, falls from ${figure(train[0]!)} to ${figure(train[last]!)} and does not swing.` };
  },
};
