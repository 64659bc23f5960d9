/** Colour-blind safe colours of globals.css; beyond them the dash pattern tells runs apart. */
export const paletteSize = 7;
const dashes: number[][] = [[], [6, 4], [2, 3], [10, 4, 2, 4]];

export interface RunMark {
  /** CSS value, follows the theme */
  colour: string;
  /** canvas dash pattern in px; empty is solid */
  dash: number[];
}

/** rank: how many runs of the project are older. A run keeps its mark on every page, whatever is shown beside it. */
export function runMark(rank: number): RunMark {
  return { colour: `var(--run-${rank % paletteSize})`, dash: dashes[Math.floor(rank / paletteSize) % dashes.length]! };
}

interface Mark { colour: string; dash?: readonly number[] }

/** Of the mark in a list or legend, 14 px wide: a dot, or a piece of the line with its dash, which alone tells runs of one colour apart. */
export const markClass = ({ dash }: Mark): string => (dash?.length ? 'h-[3px] w-3.5' : 'mx-0.5 size-2.5 rounded-full');

/** px of the mark for one of the line: the longest pattern, 20 px, is whole. */
const markScale = 0.7;

export function markFill({ colour, dash = [] }: Mark): string {
  if (dash.length === 0) return colour;
  let at = 0;
  const stops = dash.map((length, index) => `${index % 2 === 0 ? colour : 'transparent'} ${at}px ${(at = Number((at + length * markScale).toFixed(1)))}px`);
  return `repeating-linear-gradient(90deg, ${stops.join(', ')})`;
}

/** newestFirst: the ids the project's newest runs have, out of totalCount. */
export function ranks(newestFirst: readonly string[], totalCount: number): Map<string, number> {
  return new Map(newestFirst.map((id, index) => [id, totalCount - 1 - index]));
}

/** For runs older than all that are ranked: whichever its id comes to, the same on every page. */
export const markOfId = (runId: string): RunMark => runMark(Number.parseInt(runId.slice(-6), 16) || 0);
