import keras from './plateau.keras.json';
import { noPlateau, observePlateau, type PlateauRule } from './plateau';

const number = (value: number | string) => (typeof value === 'number' ? value : Number(value.replace('inf', 'Infinity')));

test(`lowers the rate when Keras does, over ${keras.length} sequences`, () => {
  for (const given of keras) {
    const rule: PlateauRule = {
      monitor: given.monitor as PlateauRule['monitor'], mode: given.mode as PlateauRule['mode'],
      factor: given.factor, patience: given.patience, minDelta: given.min_delta, cooldown: given.cooldown, lowest: given.min_lr,
    };
    let state = noPlateau;
    const rates = given.values.map((value) => (state = observePlateau(rule, state, number(value))).factor);
    expect({ ...given, rates }).toEqual({ ...given, rates: given.rates.map((rate) => expect.closeTo(rate, 8)) });
  }
});
