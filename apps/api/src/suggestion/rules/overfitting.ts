import { figure, percent, seen, unfreezes, type Facts, type Rule } from '../facts';
import { wilson } from '../../wilson';

/** The gap that counts even with many pictures: what augmentation and dropout commonly win back. */
const leastGap = 0.08;
/** How far the validation loss has risen above its lowest. */
const rise = 0.15;

/**
 * Training accuracy far above validation accuracy at the best epoch, by more than the pictures' chance (Wilson), or a
 * validation loss that rises while the training loss goes on falling. Karpathy's "regularize" lists the remedies in order: more
 * data, augmentation, pretraining, a smaller model, dropout, weight decay, early stopping.
 */
export const overfitting: Rule = {
  code: 'OVERFITTING',
  looksFor: 'training accuracy far above validation accuracy, or a validation loss that rises again',
  reference: 'Karpathy 2019, “A Recipe for Training Neural Networks”, step 4; Smith 2018, arXiv:1803.09820',
  judge(facts) {
    const { curves, bestEpoch, val } = facts;
    const best = (bestEpoch ?? 0) - 1;
    const [train, valid] = [curves['train/accuracy'][best], curves['val/accuracy'][best]];
    if (train === undefined || valid === undefined) return { unknown: 'The best epoch has no training and validation accuracy.' };
    const gap = train - valid;
    const chance = valid - wilson(valid, val).low;
    const loss = curves['val/loss'];
    const lowest = loss.indexOf(Math.min(...loss));
    const last = loss.length - 1;
    const risen = loss[last]! / loss[lowest]! - 1;
    const learns = (curves['train/loss'][last] ?? 0) < (curves['train/loss'][lowest] ?? 0);
    const byGap = gap > Math.max(leastGap, chance);
    const byLoss = risen > rise && learns && last - lowest >= 2;
    if (!byGap && !byLoss) return { fine: `Training accuracy is ${percent(train)} at epoch ${best + 1}, validation accuracy ${percent(valid)}: a gap of ${(100 * gap).toFixed(1)} points, where ${(100 * Math.max(leastGap, chance)).toFixed(1)} would tell.` };
    return {
      title: 'It overfits', confidence: byGap && byLoss ? 'HIGH' : 'MEDIUM',
      explanation: `It knows the training pictures better than it can tell new ones. ${remedy(facts)} More pictures of the classes it confuses help most.`,
      evidence: [
        seen(`train/accuracy ${percent(train)}, val/accuracy ${percent(valid)} at epoch ${best + 1}: ${(100 * gap).toFixed(1)} points apart`, 'val/accuracy', valid, best + 1),
        ...(byLoss ? [seen(`val/loss rose from ${figure(loss[lowest]!)} in epoch ${lowest + 1} to ${figure(loss[last]!)} while train/loss fell`, 'val/loss', loss[last]!, last + 1)] : []),
      ],
      changes: changesFor(facts),
    };
  },
};

function changesFor({ config }: Facts): Record<string, unknown> {
  if (!config.randomResizedCrop) return { randomResizedCrop: true, dropout: Math.max(config.dropout, Math.min(0.5, Number((config.dropout + 0.2).toFixed(2)))) };
  if (config.labelSmoothing === 0) return { labelSmoothing: 0.1, weightDecay: Math.max(config.weightDecay, 1e-4) };
  return unfreezes(config) && config.pretrained && config.freeze !== 'last_blocks' ? { freeze: 'last_blocks', lastBlocks: 1 } : { mixup: Math.max(config.mixup, 0.2) };
}

function remedy({ config }: Facts): string {
  if (!config.randomResizedCrop) return 'Random crops show it other parts of each picture, and more dropout keeps the head from relying on single features. Mirror pictures too, where left and right carry no meaning.';
  if (config.labelSmoothing === 0) return 'Augmentation is on already; label smoothing and a little weight decay keep it from being too sure.';
  return unfreezes(config) && config.pretrained && config.freeze !== 'last_blocks' ? 'Training fewer layers leaves it less room to learn pictures by heart.' : 'Mixup blends pictures and labels, which is the strongest of the remedies left.';
}
