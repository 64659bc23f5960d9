import { factTexts } from './fact-texts';

test('rates are shortened unless two would read the same; null is not the same as nothing given', () => {
  expect(factTexts([0.0021071234, 0.1, 0.0021071234])).toEqual(['0.002107', '0.1', '0.002107']);
  expect(factTexts([1.00041e-4, 1.00044e-4, 0.3333333])).toEqual(['0.000100041', '0.000100044', '0.3333']);
  expect(factTexts([null, undefined, true])).toEqual(['–', 'not set', 'on']);
});
