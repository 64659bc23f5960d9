import { figure, ratesTimes, seen, unfreezes, type Rule } from '../facts';

/** Least share by which both losses must fall over the second half. */
const least = 0.01;

/**
 * Neither loss moves over the second half: the rate is too coarse for what is left. Lower it towards the end (Google's playbook
 * prefers cosine or linear decay to a constant rate), or give the optimiser more to change.
 */
export const plateau: Rule = {
  code: 'PLATEAU',
  looksFor: 'losses that no longer move, long before the end',
  reference: 'Google Deep Learning Tuning Playbook, “learning rate decay”; Loshchilov & Hutter 2017, arXiv:1608.03983',
  judge(facts) {
    const { config, curves: { 'train/loss': train, 'val/loss': val } } = facts;
    if (val.length < 8) return { unknown: 'Fewer than eight epochs.' };
    const middle = Math.floor(val.length / 2);
    const moved = (loss: readonly number[]) => (Math.min(...loss.slice(0, middle)) - Math.min(...loss.slice(middle))) / Math.abs(Math.min(...loss.slice(0, middle)));
    const [byTrain, byVal] = [moved(train), moved(val)];
    if (byVal > least || byTrain > 3 * least) return { fine: `Over the second half train/loss fell by ${(100 * byTrain).toFixed(1)} %, val/loss by ${(100 * byVal).toFixed(1)} %.` };
    const last = val.length - 1;
    return {
      title: 'It stands still', confidence: 'MEDIUM',
      explanation: `Neither loss fell in the second half. ${config.schedule === 'constant' ? 'A cosine schedule takes ever smaller steps towards the end, and finds what a constant rate steps over.' : unfreezes(config) ? 'A lower rate may find what these steps pass over.' : 'Unfreezing layers gives it something left to learn.'}`,
      evidence: [seen(`val/loss ${figure(Math.min(...val.slice(0, middle)))} by epoch ${middle}, ${figure(Math.min(...val.slice(middle)))} by epoch ${last + 1}`, 'val/loss', val[last]!, last + 1), seen(`train/loss ${figure(Math.min(...train.slice(0, middle)))} and ${figure(Math.min(...train.slice(middle)))}`, 'train/loss', train[last]!, last + 1)],
      changes: config.schedule === 'constant' ? { schedule: 'cosine' } : unfreezes(config) ? ratesTimes(facts, 1 / 3) : { freeze: 'fine_tune' },
    };
  },
};
