import { cssColour } from './axes';

/** The colours of the page as a canvas takes them. */
export interface ChartTheme {
  dark: boolean;
  font: string;
  canvas: string;
  panel: string;
  ink: string;
  muted: string;
  faint: string;
  line: string;
  lineStrong: string;
  grid: string;
  accent: string;
  /** Of categories, in the order of the runs' palette. */
  categories: readonly string[];
  /** From little to much: viridis without the end that vanishes in the background; lightness tells as much as hue. */
  scale: readonly string[];
  /** Any CSS colour, var() too. */
  colour(css: string): string;
}

const scales = { light: ['#440154', '#414487', '#2a788e', '#22a884', '#7ad151'], dark: ['#5872b0', '#2a8c9e', '#22a884', '#7ad151', '#fde725'] };

export function chartTheme(element: HTMLElement, dark: boolean): ChartTheme {
  const colour = (css: string) => cssColour(element, css);
  const of = (name: string) => colour(`var(--${name})`);
  return {
    dark, colour,
    font: getComputedStyle(element).fontFamily,
    canvas: of('canvas'), panel: of('panel'), ink: of('ink'), muted: of('muted'), faint: of('faint'), line: of('line'), lineStrong: of('line-strong'), grid: of('grid'), accent: of('accent'),
    categories: Array.from({ length: 7 }, (_, index) => of(`run-${index}`)),
    scale: dark ? scales.dark : scales.light,
  };
}

/** What ECharts calls a theme: how everything looks that an option doesn't speak of. */
export function echartsTheme({ categories, font, ink, muted, faint, line, lineStrong, grid, panel }: ChartTheme) {
  const axis = {
    axisLine: { lineStyle: { color: lineStrong } }, axisTick: { show: false }, axisLabel: { color: faint, fontSize: 11 },
    splitLine: { lineStyle: { color: grid } }, nameTextStyle: { color: muted, fontSize: 11 }, minorTick: { show: false }, splitArea: { show: false },
  };
  return {
    color: [...categories],
    backgroundColor: 'transparent',
    textStyle: { fontFamily: font, color: ink, fontSize: 12 },
    categoryAxis: { ...axis, splitLine: { show: false } }, valueAxis: axis, logAxis: axis, timeAxis: axis,
    parallel: { parallelAxisDefault: axis },
    legend: { textStyle: { color: muted }, pageTextStyle: { color: muted } },
    tooltip: { backgroundColor: panel, borderColor: line, borderWidth: 1, padding: [6, 10], textStyle: { color: ink, fontSize: 12, fontFamily: font }, extraCssText: 'box-shadow: var(--shadow); border-radius: 6px; max-width: 320px; white-space: normal; font-variant-numeric: tabular-nums;', axisPointer: { lineStyle: { color: lineStrong }, crossStyle: { color: lineStrong } } },
    visualMap: { textStyle: { color: muted, fontSize: 11 } },
    dataZoom: { textStyle: { color: faint } },
  };
}
