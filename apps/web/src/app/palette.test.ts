import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Color, differenceCiede2000, filterDeficiencyDeuter, filterDeficiencyProt, filterDeficiencyTrit, parse, wcagContrast } from 'culori';
import { paletteSize } from '../charts/run-mark';

/** Colours told apart by one look beside each other differ by more than this (CIEDE2000; 2.3 is just noticeable). */
const leastDifference = 15;

const css = readFileSync(path.join(__dirname, 'globals.css'), 'utf8');
const colours = (block: RegExp) => new Map([...block.exec(css)![1]!.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name!, value!]));
const light = colours(/:root \{([^}]+)\}/);
const themes = { light, dark: new Map([...light, ...colours(/\n\.dark \{([^}]+)\}/)]) };

/** Machado, Oliveira and Fernandes 2009, at full strength. */
const eyes: Record<string, (colour: Color) => Color> = { 'all colours': (colour) => colour, deuteranopia: filterDeficiencyDeuter(1), protanopia: filterDeficiencyProt(1), tritanopia: filterDeficiencyTrit(1) };

const cases = Object.entries(themes).flatMap(([theme, colour]) => Object.entries(eyes).map(([eye, see]) => ({ theme, colour, eye, see })));

test.each(cases)('runs are told apart by colour in $theme with $eye', ({ colour, see }) => {
  const difference = differenceCiede2000();
  const seen = Array.from({ length: paletteSize }, (_, index) => see(parse(colour.get(`run-${index}`)!)!));
  const pairs = seen.flatMap((one, index) => seen.slice(index + 1).map((other, later) => ({ pair: `${index} and ${index + 1 + later}`, difference: difference(one, other) })));
  expect(pairs).toHaveLength((paletteSize * (paletteSize - 1)) / 2);
  expect(pairs.filter((pair) => pair.difference < leastDifference)).toEqual([]);
});

const surfaces = ['canvas', 'panel', 'sunken'];
const text: [string, string[]][] = [
  ['ink', [...surfaces, 'hover', 'accent-soft', 'danger-soft', 'success-soft', 'warning-soft', 'mark']],
  ['muted', [...surfaces, 'hover', 'accent-soft']],
  ['faint', surfaces],
  ...['accent', 'danger', 'success', 'warning'].map((tone): [string, string[]] => [tone, [...surfaces, 'hover', `${tone}-soft`]]),
  ['accent-ink', ['accent']],
];
const shapes: [string, string[]][] = [...Array.from({ length: paletteSize }, (_, index): [string, string[]] => [`run-${index}`, surfaces]), ['field', surfaces], ['accent', surfaces]];

test.each(Object.entries(themes))('what is read stands out 4.5 times from what is behind it, what is seen 3 times, in %s', (_, colour) => {
  const weak = (pairs: [string, string[]][], least: number) =>
    pairs.flatMap(([front, backs]) => backs.map((back) => [`${front} on ${back}`, wcagContrast(colour.get(front)!, colour.get(back)!)] as const)).filter(([, contrast]) => !(contrast >= least));
  expect(weak(text, 4.5)).toEqual([]);
  expect(weak(shapes, 3)).toEqual([]);
});
