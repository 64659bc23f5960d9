import { figure, ratesTimes, seen, type Rule } from '../facts';

/**
 * At a good rate the loss falls steeply and then bends. One that falls in nearly every epoch, has lost less than half of what it
 * began with, and falls at its end about as fast as at its start, was cut off long before the bend (Smith 2018: underfitting shows
 * in the slope; CS231n's "low learning rate" curve is this straight line).
 */
export const rateTooLow: Rule = {
  code: 'RATE_TOO_LOW',
  looksFor: 'a training loss that falls slowly, in a straight line',
  reference: 'Smith 2018, arXiv:1803.09820, section 3; CS231n, “Babysitting the learning process”',
  judge(facts) {
    const loss = facts.curves['train/loss'];
    if (loss.length < 5) return { unknown: 'Fewer than five epochs.' };
    const last = loss.length - 1;
    const falls = loss.slice(1).filter((value, index) => value < loss[index]!).length / last;
    const third = Math.max(1, Math.floor(last / 3));
    const early = (loss[0]! - loss[third]!) / third;
    const late = (loss[last - third]! - loss[last]!) / third;
    const left = loss[last]! / loss[0]!;
    if (!(falls >= 0.9 && left > 0.5 && late > 0.5 * early)) return { fine: `The training loss went down to ${(100 * left).toFixed(0)} % of what it began with, ${late > 0.5 * early ? 'evenly' : 'and its fall has bent'}.` };
    return {
      title: 'The learning rate is too low', confidence: facts.completed ? 'HIGH' : 'MEDIUM',
      explanation: 'The training loss falls in a straight line and was still high when the run ended: three times the rate gets further in the same epochs.',
      evidence: [seen(`train/loss ${figure(loss[0]!)} → ${figure(loss[last]!)}, ${figure(late)} an epoch at the end, ${figure(early)} at the start`, 'train/loss', loss[last]!, last + 1)],
      changes: ratesTimes(facts, 3),
    };
  },
};
