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

/** newestFirst: the ids the project's newest runs have, out of totalCount. */
export function ranks(newestFirst: readonly string[], totalCount: number): Map<string, number> {
  return new Map(newestFirst.map((id, index) => [id, totalCount - 1 - index]));
}

/** For runs older than all that are ranked: whichever its id comes to, the same on every page. */
export const markOfId = (runId: string): RunMark => runMark(Number.parseInt(runId.slice(-6), 16) || 0);
