import { columnsOf } from '../testing';
import { analyse, caveat } from './analyse';
import { generator } from './forest';
import { emptyStretches } from './partial-dependence';

/** What decides is the rate alone, best near 1e-3; the rest is noise of every kind. */
function runs(count: number, seed = 5) {
  const random = generator(seed);
  const configs = Array.from({ length: count }, () => ({
    learningRate: 10 ** (-5 + 4 * random()), batchSize: [8, 16, 32, 64][Math.floor(random() * 4)]!, freeze: ['head', 'full', 'gradual'][Math.floor(random() * 3)]!, dropout: random(), flip: random() < 0.5,
  }));
  const target = configs.map(({ learningRate }) => 0.9 - 0.08 * (Math.log10(learningRate) + 3) ** 2 + 0.01 * random());
  return { configs, target };
}

const ask = (configs: Record<string, unknown>[], target: (number | null)[], seed = 1) => analyse({ columns: columnsOf(configs), target, seed, curves: 2 });

test('the one value that decides is found, and noise is near nothing', () => {
  const { configs, target } = runs(200);
  const { importances, r2, runs: counted } = ask(configs, target);
  expect(counted).toBe(200);
  expect(r2).toBeGreaterThan(0.85);
  expect(importances[0]!.id).toBe('learningRate');
  expect(importances[0]!.mean).toBeGreaterThan(0.8);
  for (const { mean } of importances.slice(1)) expect(Math.abs(mean)).toBeLessThan(0.03);
});

test('a category that decides is found as one value, not as its parts', () => {
  const { configs } = runs(150);
  const { importances, dependences } = ask(configs, configs.map(({ freeze }) => (freeze === 'full' ? 0.9 : freeze === 'head' ? 0.8 : 0.7)));
  expect(importances[0]).toMatchObject({ id: 'freeze', rho: null });
  expect(importances[0]!.mean).toBeGreaterThan(5 * importances[1]!.mean);
  const at = Object.fromEntries(dependences[0]!.points.map((point) => [point.at, point.mean]));
  expect(at['full']).toBeCloseTo(0.9, 1);
  expect(at['head']).toBeCloseTo(0.8, 1);
  expect(at['gradual']).toBeCloseTo(0.7, 1);
  expect(dependences[0]!.points.reduce((sum, point) => sum + point.runs, 0)).toBe(150);
});

test('partial dependence follows a function that rises, within its decile band', () => {
  const { configs } = runs(300, 9);
  const target = configs.map(({ dropout, batchSize }) => 2 * dropout + batchSize / 640);
  const points = ask(configs, target).dependences[0]!;
  expect(points.id).toBe('dropout');
  const means = points.points.map(({ mean }) => mean);
  means.slice(1).forEach((mean, index) => expect(mean).toBeGreaterThanOrEqual(means[index]! - 0.02));
  expect(means.at(-1)! - means[0]!).toBeGreaterThan(1.5);
  for (const { low, mean, high } of points.points) expect(low <= mean && mean <= high).toBe(true);
});

test('one absurd value of the target does not hide what decides, and is counted', () => {
  const { configs, target } = runs(120);
  const absurd = target.map((value, index) => (index === 17 ? 1.2e8 : 1 - value));
  const analysis = ask(configs, absurd);
  expect(analysis.farOut).toBe(1);
  expect(analysis.importances[0]!.id).toBe('learningRate');
  expect(caveat(analysis)).toBeNull();
  expect(ask(configs, target).farOut).toBeLessThan(4);
});

test('the same seed gives the same answer to the last bit', () => {
  const { configs, target } = runs(60);
  expect(ask(configs, target)).toEqual(ask(configs, target));
  expect(ask(configs, target, 2)).not.toEqual(ask(configs, target));
});

test('noise explains nothing, and it is said; so is it when there are few runs or no difference', () => {
  const { configs } = runs(120);
  const random = generator(77);
  const noise = ask(configs, configs.map(() => random()));
  expect(noise.r2).toBeLessThan(0.1);
  expect(caveat(noise)).toContain('Do not read anything into this');
  const { configs: few, target } = runs(9);
  expect(caveat(ask(few, target))).toContain('Only 9 runs');
  expect(caveat(ask(configs, configs.map(() => 0.5)))).toContain('the same in every run');
  expect(caveat(ask(configs, runs(120).target))).toBeNull();
  expect(ask([{ a: 1 }, { a: 2 }], [0.1, null])).toMatchObject({ runs: 1, importances: [] });
});

test('the two values that matter are found among 20, in 1,000 runs', () => {
  const random = generator(3);
  const configs = Array.from({ length: 1000 }, () => Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`v${index}`, random()])));
  const { importances } = ask(configs, configs.map(({ v7, v3 }) => v7! * 2 + v3!));
  expect(importances.slice(0, 2).map(({ id }) => id)).toEqual(['v7', 'v3']);
}, 60_000);

test('stretches without runs are told, in the scale of the axis', () => {
  expect(emptyStretches([1, 2, 3, 20], (value) => value)).toEqual([[3, 20]]);
  expect(emptyStretches([1, 10, 100, 1000], Math.log10, 0.5)).toEqual([]);
});
