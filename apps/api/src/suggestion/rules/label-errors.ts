import { percent, seen, type Rule } from '../facts';

/** A model that is right this often is worth hearing when it contradicts a label. */
const trustworthy = 0.7;
const sure = 0.9;

/** Confident learning (Northcutt et al. 2021): pictures that a good model is sure are another class are often labelled wrongly. */
export const labelErrors: Rule = {
  code: 'LABEL_ERRORS',
  looksFor: 'mistakes that the model is very sure of, which may be wrong labels',
  reference: 'Northcutt, Jiang & Chuang 2021, arXiv:1911.00068; Karpathy 2019, “become one with the data”',
  judge({ mistakes, accuracy }) {
    if (!mistakes || accuracy === null) return { unknown: 'There is no evaluation.' };
    if (accuracy < trustworthy) return { unknown: `The model is right ${percent(accuracy)} of the time, too seldom to contradict labels.` };
    const confident = mistakes.filter(({ confidence }) => confidence >= sure).sort((a, b) => b.confidence - a.confidence);
    if (confident.length === 0) return { fine: `No mistake has a confidence of ${percent(sure)} or more.` };
    return {
      title: confident.length === 1 ? 'A label may be wrong' : 'Some labels may be wrong', confidence: 'LOW',
      explanation: `Look at ${confident.length === 1 ? 'this picture' : 'these pictures'}: where the label is wrong, relabel it into a new version of the dataset; where it is right, the class needs more pictures like it.`,
      evidence: confident.slice(0, 6).map(({ picture, label, predicted, confidence }) => seen(`Labelled ${label}, told to be ${predicted} with ${percent(confidence)}`, 'confidence', confidence, null, picture)),
      changes: {},
    };
  },
};
