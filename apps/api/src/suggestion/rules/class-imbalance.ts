import { percent, seen, type Rule } from '../facts';

/** Buda et al. find the harm from about this ratio of the largest class to the smallest on. */
const ratio = 3;
/** How much worse the rare classes must be told, in recall. */
const worse = 0.1;

/** Buda, Maki & Mazurowski 2018: imbalance costs the rare classes; weights in the loss or oversampling give it back. */
export const classImbalance: Rule = {
  code: 'CLASS_IMBALANCE',
  looksFor: 'classes with few pictures that are told worse than those with many',
  reference: 'Buda et al. 2018, arXiv:1710.05381; Howard & Gugger, fastbook chapter 7',
  judge({ classes, perClass, config }) {
    const counts = classes.map(({ trainCount }) => trainCount).sort((a, b) => a - b);
    if (counts.length < 2 || counts[0] === 0) return { unknown: 'A class has no training pictures.' };
    const imbalance = counts.at(-1)! / counts[0]!;
    if (imbalance < ratio) return { fine: `The largest class has ${imbalance.toFixed(1)} times the training pictures of the smallest.` };
    if (config.classWeight === 'balanced') return { fine: `Classes are weighted already (the largest has ${imbalance.toFixed(1)} times the pictures of the smallest).` };
    const middle = counts[counts.length >> 1]!;
    const smallest = classes.find(({ trainCount }) => trainCount === counts[0])!;
    const share = [seen(`${smallest.name} has ${smallest.trainCount} training pictures, the largest class ${counts.at(-1)}`, null, imbalance)];
    const changes = { classWeight: 'balanced' };
    const title = 'Rare classes are told worse';
    if (!perClass) return { title: 'Classes are uneven', confidence: 'LOW', explanation: 'Some classes have far fewer pictures than others. Class weights make each count the same; the evaluation will show whether the rare ones were told worse.', evidence: share, changes };
    const mean = (rare: boolean) => {
      const own = perClass.filter(({ label, support }) => support > 0 && ((classes.find(({ name }) => name === label)?.trainCount ?? 0) < middle) === rare);
      return own.reduce((sum, { recall }) => sum + recall, 0) / Math.max(1, own.length);
    };
    const [rare, common] = [mean(true), mean(false)];
    if (common - rare < worse) return { fine: `Classes are uneven (${imbalance.toFixed(1)} to 1), but the rare ones are told as well: recall ${percent(rare)} and ${percent(common)}.` };
    return { title, confidence: 'HIGH', explanation: 'The loss counts every picture the same, so the model does best by favouring large classes. Class weights make every class count the same; more pictures of the rare ones do more.', evidence: [...share, seen(`Mean recall ${percent(rare)} of the rarer classes, ${percent(common)} of the others`, 'recall', rare)], changes };
  },
};
