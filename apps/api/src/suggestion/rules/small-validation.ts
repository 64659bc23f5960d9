import { seen, type Rule } from '../facts';

/** Below these a single picture moves the accuracy by more than two points, or a class's recall by more than ten. */
const leastPictures = 50;
const leastOfClass = 10;

/** Whatever is chosen by so few pictures is chosen by chance; the playbook wants the set large enough for the differences one cares about. */
export const smallValidation: Rule = {
  code: 'SMALL_VALIDATION',
  looksFor: 'too few validation pictures, of all or of a class',
  reference: 'Google Deep Learning Tuning Playbook, “choosing the validation set”; Wilson 1927',
  judge({ classes, val }) {
    const thin = classes.filter(({ valCount, trainCount }) => valCount < leastOfClass && trainCount > 0);
    if (val >= leastPictures && thin.length === 0) return { fine: `${val} validation pictures, at least ${Math.min(...classes.map(({ valCount }) => valCount))} of each class.` };
    return {
      title: 'There are too few validation pictures', confidence: 'MEDIUM',
      explanation: 'The best epoch, early stopping and every comparison are decided by these pictures. Make a version of the dataset with a larger validation part, or add pictures.',
      evidence: [seen(`${val} validation pictures`, null, val), ...thin.slice(0, 5).map(({ name, valCount }) => seen(`${name} has ${valCount} of them`, null, valCount))],
      changes: {},
    };
  },
};
