import { percent, seen, type Rule } from '../facts';

/** A validation picture that was trained on is no validation: whatever share of them leaks may be overstated accuracy (Barz & Denzler 2020 find 3 to 10 % in CIFAR). */
export const leaks: Rule = {
  code: 'LEAKS',
  looksFor: 'validation pictures that are in training, too',
  reference: 'Barz & Denzler 2020, arXiv:1902.00423',
  judge({ leaked, val }) {
    if (!leaked) return { unknown: 'The pictures have yet to be compared.' };
    const count = leaked.exactly + leaked.nearly;
    if (count === 0) return { fine: 'No validation picture looks like one in training.' };
    return {
      title: 'Validation pictures are in training, too', confidence: leaked.exactly > 0 ? 'HIGH' : 'MEDIUM',
      explanation: 'Accuracy looks better than it is. Take the duplicates out in a new version of the dataset, then launch this run on it.',
      evidence: [seen(`${leaked.exactly} byte for byte and ${leaked.nearly} nearly the same, of ${val} (${percent(count / Math.max(1, val))})`, null, count)],
      changes: {},
    };
  },
};
