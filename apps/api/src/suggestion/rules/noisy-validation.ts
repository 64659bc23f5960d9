import { hyperparameterFields } from '@thaw/config';
import { percent, seen, type Facts, type Rule } from '../facts';
import { wilson } from '../../wilson';

const enoughSeeds = 3;
/** Half-width below which the pictures are many enough to tell what people argue about. */
const narrow = 0.02;

/**
 * With few validation pictures a difference between two runs is often chance. The interval (Wilson) tells; several seeds of each
 * tell more (Bouthillier et al. 2021: seeds and splits vary as much as many published gains).
 */
export const noisyValidation: Rule = {
  code: 'NOISY_VALIDATION',
  looksFor: 'a difference to other runs that the validation pictures are too few to show',
  reference: 'Bouthillier et al. 2021, arXiv:2103.03098; Wilson 1927',
  judge(facts) {
    const { accuracy, val, config, siblings } = facts;
    if (accuracy === null || val === 0) return { unknown: 'There is no validation accuracy.' };
    const { low, high } = wilson(accuracy, val);
    if ((high - low) / 2 < narrow) return { fine: `${val} validation pictures tell the accuracy to ± ${(50 * (high - low)).toFixed(1)} points.` };
    const seeds = siblings.filter((sibling) => sibling.accuracy !== null && sameButSeed(facts, sibling)).length + 1;
    if (seeds >= enoughSeeds) return { fine: `${seeds} seeds of it have been trained: their mean tells more than one run.` };
    const close = siblings.filter((sibling) => sibling.accuracy !== null && !sameButSeed(facts, sibling) && sibling.accuracy >= low && sibling.accuracy <= high);
    const rival = close.sort((a, b) => b.accuracy! - a.accuracy!)[0];
    if (!rival) return { fine: 'No other run on this dataset is so close that chance could explain the difference.' };
    return {
      title: 'Differences to other runs may be chance', confidence: 'MEDIUM',
      explanation: `With ${val} validation pictures this accuracy could as well be that of ${close.length === 1 ? `${rival.name}` : `${close.length} other runs`}. Train a few more seeds and compare means before you believe in a difference; more validation pictures help, too.`,
      evidence: [seen(`val/accuracy ${percent(accuracy)}: 95 % interval ${percent(low)} to ${percent(high)} on ${val} pictures`, 'val/accuracy', accuracy, facts.bestEpoch), seen(`${rival.name} has ${percent(rival.accuracy!)}`, 'val/accuracy', rival.accuracy)],
      changes: { seed: [1, 2, 3, 4].map((index) => config.seed + index) },
    };
  },
};

const counting = hyperparameterFields.map(({ name }) => name).filter((name) => !['seed', 'checkpointEveryMinutes', 'keepCheckpoints'].includes(name));
const sameButSeed = ({ config, backbone }: Facts, sibling: Facts['siblings'][number]) => sibling.backbone === backbone && counting.every((name) => JSON.stringify(sibling.config[name]) === JSON.stringify(config[name]));
