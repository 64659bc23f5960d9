/** Training cannot go on: a value is no longer finite. The message says where, and what to try. */
export class Diverged extends Error {}

interface Rates {
  /** As they are, whatever gave them. */
  learningRate: number;
  /** null where no pretrained layer trains */
  backboneLearningRate: number | null;
  clipNorm: number;
}

/** The training loss, or the gradients, at one step; epochs count from 1, steps from 0. */
export function divergedAt(what: string, value: number, epoch: number, step: number, rates: Rates): Diverged {
  return new Diverged(`${what} became ${value} at epoch ${epoch}, step ${step + 1}. ${advice(rates)}`);
}

export function divergedAfter(what: string, value: number, epoch: number, rates: Rates): Diverged {
  return new Diverged(`${what} became ${value} after epoch ${epoch}. ${advice(rates)}`);
}

/** No rate helps when what comes in is broken already. */
export function brokenInputs(epoch: number, step: number): Diverged {
  return new Diverged(`What the trained layers read at epoch ${epoch}, step ${step + 1} is NaN or infinite: the backbone’s weights or its preprocessing are broken. Import the backbone again, or choose another.`);
}

function advice({ learningRate, backboneLearningRate, clipNorm }: Rates): string {
  const rates = [`learningRate (now ${learningRate})`, ...(backboneLearningRate === null ? [] : [`backboneLearningRate (now ${backboneLearningRate})`])];
  return `Lower ${rates.join(' and ')}, by ten times to begin with${clipNorm > 0 ? '' : ', or clip the gradients (clipNorm 1)'}.`;
}
