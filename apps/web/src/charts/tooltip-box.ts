import { markClass, markFill } from './run-mark';

export interface TooltipRow {
  colour: string;
  dash?: readonly number[];
  label: string;
  value: string;
  strong?: boolean;
}

/** px */
const most = { width: 360, distance: 14 };

/** A box beside the cursor, as wide as its words and never beyond the chart. Written straight to the DOM: it follows the pointer. */
export function tooltipBox(over: HTMLElement) {
  const box = document.createElement('div');
  box.className = 'pointer-events-none absolute z-10 hidden w-max rounded-md border bg-panel px-2 py-1.5 text-xs shadow-(--shadow)';
  over.append(box);
  return {
    hide: () => box.classList.add('hidden'),
    show(left: number, top: number, title: string, rows: readonly TooltipRow[], rest: string) {
      box.classList.remove('hidden');
      box.replaceChildren(text('div', 'mb-0.5 text-faint', title), ...rows.map(rowOf), ...(rest ? [text('div', 'text-faint', rest)] : []));
      // The plot within the chart: beside it are the axis and some room, which the box may cover.
      const chart = { from: -over.offsetLeft, to: over.parentElement!.clientWidth - over.offsetLeft };
      box.style.maxWidth = `${Math.min(most.width, chart.to - chart.from)}px`;
      const place = placed({ left, top }, { width: box.offsetWidth, height: box.offsetHeight }, { ...chart, middle: over.clientWidth / 2, height: over.clientHeight });
      box.style.left = `${place.left}px`;
      box.style.top = `${place.top}px`;
    },
  };
}

/** Where a box stands: on the side of the cursor with more room, over or under it where that is too little for it. */
export function placed(cursor: { left: number; top: number }, box: { width: number; height: number }, chart: { from: number; to: number; middle: number; height: number }): { left: number; top: number } {
  const wanted = cursor.left > chart.middle ? cursor.left - most.distance - box.width : cursor.left + most.distance;
  const left = Math.max(chart.from, Math.min(wanted, chart.to - box.width));
  const free = chart.height - box.height;
  const top = left === wanted ? cursor.top - 10 : cursor.top > chart.height / 2 ? cursor.top - most.distance - box.height : cursor.top + most.distance;
  return { left, top: Math.max(0, Math.min(top, free)) };
}

/** Names differ most in their ends: what does not fit is left out before them. */
const endKept = 10;

function rowOf({ label, value, strong = false, ...mark }: TooltipRow): HTMLElement {
  const row = text('div', `flex items-center gap-2${strong ? ' font-semibold' : ''}`, '');
  const dot = text('span', `shrink-0 ${markClass(mark)}`, '');
  dot.style.background = markFill(mark);
  const name = text('span', 'flex min-w-0 flex-1 whitespace-pre', '');
  name.append(text('span', 'min-w-0 truncate whitespace-pre', label.slice(0, -endKept)), text('span', '', label.slice(-endKept)));
  row.append(dot, name, text('span', 'num whitespace-nowrap', value));
  return row;
}

function text(tag: string, className: string, content: string): HTMLElement {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = content;
  return element;
}
