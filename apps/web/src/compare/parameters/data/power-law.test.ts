import { errorAt, fitPowerLaw } from './power-law';

const law = { scale: 2, exponent: 0.45, floor: 0.04 };
const sizes = [50, 100, 200, 400, 800].map((pictures) => ({ pictures, error: errorAt(law, pictures) }));

test('a power law with a floor is found again, and what doubling brings with it', () => {
  const fit = fitPowerLaw(sizes)!;
  expect(fit.exponent).toBeCloseTo(0.45, 2);
  expect(fit.floor).toBeCloseTo(0.04, 3);
  expect(errorAt(fit, 1600)).toBeCloseTo(errorAt(law, 1600), 4);
});

test('three sizes fit no floor; an exact law without one is found', () => {
  const fit = fitPowerLaw([100, 200, 400].map((pictures) => ({ pictures, error: 3 * pictures ** -0.5 })))!;
  expect(fit.floor).toBe(0);
  expect(fit.exponent).toBeCloseTo(0.5, 9);
  expect(fit.scale).toBeCloseTo(3, 9);
});

test('two sizes, an error that rises, or none at all have no fit', () => {
  expect(fitPowerLaw(sizes.slice(0, 2))).toBeNull();
  expect(fitPowerLaw([100, 200, 400].map((pictures) => ({ pictures, error: pictures / 1000 })))).toBeNull();
  expect(fitPowerLaw([100, 200, 400].map((pictures) => ({ pictures, error: 0 })))).toBeNull();
});
