import { figure, percent, seen, type Rule } from '../facts';

/** Training accuracy below which a converged head has not separated even what it learns from. */
const fits = 0.95;
const gap = 0.05;

/**
 * A head alone that has converged, and still cannot tell its own training pictures apart, lacks features rather than training: the
 * layers below must adapt, slower than the head and from the top (Yosinski et al. 2014; Howard & Ruder 2018, discriminative rates
 * and gradual unfreezing).
 */
export const frozenTooDeep: Rule = {
  code: 'FROZEN_TOO_DEEP',
  looksFor: 'a head that has converged without telling its own training pictures apart',
  reference: 'Howard & Ruder 2018 (ULMFiT), arXiv:1801.06146; Yosinski et al. 2014, arXiv:1411.1792',
  judge({ config, curves }) {
    if (!config.pretrained || config.freeze !== 'head') return { fine: `It trains more than the head (${config.pretrained ? config.freeze : 'from scratch'}).` };
    const { 'train/loss': loss, 'train/accuracy': train, 'val/accuracy': val } = curves;
    const last = loss.length - 1;
    if (last < 5) return { unknown: 'Fewer than six epochs.' };
    const quarter = Math.max(2, Math.floor(loss.length / 4));
    const falls = (loss[last - quarter]! - loss[last]!) / Math.abs(loss[last - quarter]!);
    if (falls > 0.05) return { fine: `The head has not converged: train/loss fell by ${(100 * falls).toFixed(0)} % over the last ${quarter} epochs.` };
    if (train[last]! >= fits || train[last]! - val[last]! > gap) return { fine: `The head tells ${percent(train[last]!)} of its training pictures apart.` };
    return {
      title: 'More of the backbone should train', confidence: 'HIGH',
      explanation: 'The head has converged, it gets many of its own training pictures wrong, and does no better on them than on new ones. What it lacks is features for these pictures: unfreeze layers at a lower rate, after the head has learned.',
      evidence: [seen(`train/accuracy ${percent(train[last]!)} and val/accuracy ${percent(val[last]!)} in epoch ${last + 1}`, 'train/accuracy', train[last]!, last + 1), seen(`train/loss ${figure(loss[last]!)}, changed by ${(100 * falls).toFixed(1)} % over the last ${quarter} epochs`, 'train/loss', loss[last]!, last + 1)],
      changes: { freeze: 'fine_tune', headEpochs: Math.min(10, Math.max(1, Math.floor(config.epochs / 2))) },
    };
  },
};
