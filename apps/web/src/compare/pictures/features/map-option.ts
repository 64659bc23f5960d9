import type { ChartTheme } from '../../../charts/chart-theme';
import { formatPercent } from '../../../format/numbers';
import type { MapPoint, PictureMap } from './use-map';

export type Colouring = 'label' | 'predicted' | 'correct';

/** Shape tells classes apart where colour does not, and beyond seven both together do. */
const symbols = ['circle', 'triangle', 'rect', 'diamond', 'arrow', 'roundRect'];

const categoryOf = (point: MapPoint, by: Colouring): string => (by === 'correct' ? (point.correct ? 'right' : 'wrong') : point[by]);

export interface Place { seriesIndex: number; dataIndex: number }

/** Which dot of which series a picture is, so that both maps can point at it. */
export interface Layout { categories: string[]; places: Map<string, Place> }

export function layOut({ points }: PictureMap, by: Colouring, classes: readonly string[]): Layout {
  const categories = by === 'correct' ? ['right', 'wrong'] : [...classes];
  const counts = categories.map(() => 0);
  const places = new Map<string, Place>();
  for (const point of points) {
    const seriesIndex = categories.indexOf(categoryOf(point, by));
    places.set(point.picture.sha256, { seriesIndex, dataIndex: counts[seriesIndex]!++ });
  }
  return { categories, places };
}

export function mapOption({ points, coordinates }: PictureMap, by: Colouring, { categories }: Layout, selected: ReadonlySet<string> | null, theme: ChartTheme) {
  const size = points.length > 600 ? 7 : 11;
  const axis = { min: -0.03, max: 1.03, show: false };
  return {
    grid: { left: 8, right: 8, top: 8, bottom: 36 },
    xAxis: { type: 'value', ...axis }, yAxis: { type: 'value', ...axis },
    legend: { type: 'scroll', bottom: 0, itemWidth: 12, itemHeight: 12 },
    tooltip: { trigger: 'item', confine: true, formatter: ({ data }: { data: { point: MapPoint } }) => tip(data.point) },
    toolbox: { show: false },
    brush: { xAxisIndex: 0, yAxisIndex: 0, toolbox: [], brushMode: 'single', throttleType: 'debounce', outOfBrush: {}, inBrush: {}, brushStyle: { color: theme.colour('color-mix(in srgb, var(--accent) 12%, transparent)'), borderColor: theme.accent, borderWidth: 1 } },
    series: categories.map((name, index) => ({
      type: 'scatter', name, symbol: symbols[index % symbols.length], symbolSize: size,
      color: theme.categories[(by === 'correct' && index === 1 ? 3 : index) % theme.categories.length],
      emphasis: { scale: 1.7, itemStyle: { borderColor: theme.ink, borderWidth: 2, opacity: 1 } },
      data: points.flatMap((point, place) => (categoryOf(point, by) !== name ? [] : [{
        value: [coordinates[place * 2], coordinates[place * 2 + 1]], point,
        itemStyle: { opacity: selected && !selected.has(point.picture.sha256) ? 0.15 : 0.85 },
      }])),
    })),
  };
}

export const told = ({ label, predicted, confidence, correct, picture }: MapPoint) => `${label}, ${correct ? 'told right' : `taken for ${predicted}`}, ${formatPercent(confidence, 0)} sure (${picture.path})`;

/** Made of elements, so that no class name is read as HTML. */
function tip(point: MapPoint): HTMLElement {
  const box = document.createElement('div');
  const picture = Object.assign(document.createElement('img'), { src: `${point.picture.url}?width=224`, alt: '', width: 112, height: 112 });
  picture.style.cssText = 'display:block;width:112px;height:112px;object-fit:cover;border-radius:4px';
  const words = document.createElement('div');
  words.style.cssText = 'margin-top:4px;max-width:180px';
  words.textContent = `${point.label}${point.correct ? ' ✓' : ` → ${point.predicted} ✗`}  ${formatPercent(point.confidence, 0)}`;
  box.append(picture, words);
  return box;
}
