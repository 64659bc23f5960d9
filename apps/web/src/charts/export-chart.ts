import { csvRow } from '../format/csv';
import type { DrawnLine, MinMax } from './drawn-line';

/** A row for each point; the head says so where each part of a series is only its lowest and its highest. */
export function chartCsv(metric: string, xName: string, lines: readonly DrawnLine[]): string {
  const banded = lines.some(({ note }) => note);
  const smoothed = lines.some(({ raw }) => raw);
  const head = ['line', xName, lines.some(({ count }) => count) ? `${metric} (each part's lowest and highest)` : metric, ...(smoothed ? ['smoothed'] : []), ...(banded ? ['low', 'high', 'runs'] : [])];
  const rows = lines.flatMap(({ label, x, y, raw, band, note }) => Array.from(x, (at, index) => [
    label, at, (raw ?? y)[index], ...(smoothed ? [y[index]] : []), ...(banded ? [band?.low[index], band?.high[index], note?.(index).replace('n = ', '')] : []),
  ]));
  return [head, ...rows].map(csvRow).join('');
}

/** The chart's canvas on the page's background, under its title. */
export async function chartPng(canvas: HTMLCanvasElement, title: string): Promise<Blob> {
  const style = getComputedStyle(document.documentElement);
  const ratio = devicePixelRatio;
  const head = 28 * ratio;
  const picture = Object.assign(document.createElement('canvas'), { width: canvas.width, height: canvas.height + head });
  const ctx = picture.getContext('2d')!;
  ctx.fillStyle = style.getPropertyValue('--panel');
  ctx.fillRect(0, 0, picture.width, picture.height);
  ctx.fillStyle = style.getPropertyValue('--ink');
  ctx.font = `600 ${13 * ratio}px sans-serif`;
  ctx.fillText(title, 10 * ratio, 19 * ratio);
  ctx.drawImage(canvas, 0, head);
  return new Promise((resolve, reject) => picture.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The picture could not be made.'))), 'image/png'));
}

interface Figure { title: string; lines: readonly DrawnLine[]; x: MinMax; y: MinMax; logX: boolean; logY: boolean; colour: (css: string) => string }

const size = { width: 960, height: 480, left: 64, right: 16, top: 32, bottom: 32 };

/** The chart as a drawing that scales, in the colours of the theme. */
export function chartSvg({ title, lines, x, y, logX, logY, colour }: Figure): string {
  const toX = placer(x, logX, size.left, size.width - size.right);
  const toY = placer(y, logY, size.height - size.bottom, size.top);
  const ink = colour('var(--ink)');
  const label = (text: string, at: number, top: number, anchor: string) => `<text x="${round(at)}" y="${round(top)}" text-anchor="${anchor}" fill="${ink}">${escape(text)}</text>`;
  const ticks = [
    ...ticksOf(x, logX).map((tick) => label(String(tick), toX(tick), size.height - 12, 'middle')),
    ...ticksOf(y, logY).map((tick) => `<path d="M${size.left} ${round(toY(tick))}H${size.width - size.right}" stroke="${colour('var(--line)')}"/>${label(String(tick), size.left - 6, toY(tick) + 4, 'end')}`),
  ];
  const paths = lines.flatMap(({ label: name, colour: css, dash, x: xs, y: ys, band }) => [
    ...(band ? [`<path d="${area(xs, band, toX, toY)}" fill="${colour(css)}" fill-opacity="0.16"/>`] : []),
    `<path d="${path(xs, ys, toX, toY)}" fill="none" stroke="${colour(css)}" stroke-width="1.5"${dash?.length ? ` stroke-dasharray="${dash.join(' ')}"` : ''}><title>${escape(name)}</title></path>`,
  ]);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" font-family="sans-serif" font-size="11"><rect width="100%" height="100%" fill="${colour('var(--panel)')}"/><text x="12" y="20" font-size="13" font-weight="600" fill="${ink}">${escape(title)}</text>${ticks.join('')}<clipPath id="plot"><rect x="${size.left}" y="${size.top}" width="${size.width - size.left - size.right}" height="${size.height - size.top - size.bottom}"/></clipPath><g clip-path="url(#plot)">${paths.join('')}</g></svg>`;
}

type Place = (value: number) => number;

function placer([min, max]: MinMax, log: boolean, from: number, to: number): Place {
  const scale: Place = log ? Math.log10 : Number;
  return (value) => from + ((scale(value) - scale(min)) / (scale(max) - scale(min))) * (to - from);
}

function ticksOf([min, max]: MinMax, log: boolean): number[] {
  if (log) return Array.from({ length: Math.floor(Math.log10(max)) - Math.ceil(Math.log10(min)) + 1 }, (_, index) => 10 ** (Math.ceil(Math.log10(min)) + index));
  const rough = (max - min) / 6;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((each) => each >= rough)!;
  return Array.from({ length: Math.floor(max / step) - Math.ceil(min / step) + 1 }, (_, index) => Number(((Math.ceil(min / step) + index) * step).toPrecision(12)));
}

const round = (value: number) => Number(value.toFixed(1));

function path(xs: Float64Array, ys: Float64Array, toX: Place, toY: Place): string {
  let pen = 'M';
  return Array.from(xs, (x, index) => {
    const [left, top] = [toX(x), toY(ys[index]!)];
    if (!Number.isFinite(left) || !Number.isFinite(top)) {
      pen = 'M';
      return '';
    }
    const step = `${pen}${round(left)} ${round(top)}`;
    pen = 'L';
    return step;
  }).join('');
}

const area = (xs: Float64Array, { low, high }: { low: Float64Array; high: Float64Array }, toX: Place, toY: Place) =>
  `${path(xs, high, toX, toY)}${path(xs.slice().reverse(), low.slice().reverse(), toX, toY).replace('M', 'L')}Z`;

const escape = (text: string) => text.replace(/[<>&"]/g, (character) => `&#${character.charCodeAt(0)};`);
