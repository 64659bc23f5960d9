import { figure, seen, type Rule } from '../facts';

/** By how much the validation loss must have fallen over the last third of the epochs; less is noise. */
const gain = 0.05;

/**
 * A run that trained every epoch it had and was best at its end, or whose loss still fell, was stopped by its budget (Google's
 * playbook: "if the best checkpoint is always in the last 10 % of steps, train longer"; Karpathy: "leave it training").
 */
export const stillImproving: Rule = {
  code: 'STILL_IMPROVING',
  looksFor: 'a run that was still getting better when its epochs were over',
  reference: 'Google Deep Learning Tuning Playbook, “deciding how long to train”; Karpathy 2019, “squeeze out the juice”',
  judge({ config, completed, bestEpoch, curves }) {
    const loss = curves['val/loss'];
    const last = loss.length - 1;
    if (last < 2) return { unknown: 'Fewer than three epochs.' };
    if (!completed) return { fine: `It stopped by itself after ${last + 1} of ${config.epochs} epochs.` };
    const before = last - Math.max(1, Math.floor(loss.length / 3));
    const fallen = (loss[before]! - loss[last]!) / Math.abs(loss[before]!);
    const lowestAt = loss.indexOf(Math.min(...loss));
    const lowest = lowestAt === last;
    const bestAtEnd = bestEpoch !== null && bestEpoch > 0.9 * (last + 1);
    if (!((lowest && fallen > gain) || (bestAtEnd && fallen > 0))) return { fine: `Epoch ${bestEpoch ?? '?'} of ${last + 1} was best, and the validation loss had stopped falling.` };
    return {
      title: 'It was still getting better when it ended', confidence: bestAtEnd && lowest ? 'HIGH' : 'MEDIUM',
      explanation: `All ${last + 1} epochs were trained and ${bestAtEnd ? 'one of the last was the best' : 'the validation loss was still falling'}. Twice as many epochs, with early stopping to end them in time, cost little if they are not needed.`,
      evidence: [seen(`Best epoch ${bestEpoch ?? '?'} of ${last + 1}: val/accuracy ${figure(curves['val/accuracy'][(bestEpoch ?? last + 1) - 1]!)}`, 'val/accuracy', curves['val/accuracy'][(bestEpoch ?? last + 1) - 1]!, bestEpoch), seen(`val/loss ${figure(loss[before]!)} in epoch ${before + 1}, ${figure(loss[last]!)} in epoch ${last + 1}${lowest ? '' : `; lowest, ${figure(loss[lowestAt]!)}, in epoch ${lowestAt + 1}`}`, 'val/loss', loss[last]!, last + 1)],
      changes: { epochs: Math.min(10_000, 2 * config.epochs), earlyStopping: true, patience: Math.max(config.patience, 5) },
    };
  },
};
