import type uPlot from 'uplot';
import { stepLabel, type StepAxis } from './axes';
import type { Line } from './line-chart';

/** The values at the cursor, highest first, beside it; `data` when they are not what is drawn. Written straight to the DOM: it follows the pointer. */
export function tooltip(lines: readonly Line[], format: (value: number) => string, over: StepAxis, data?: () => uPlot.AlignedData): uPlot.Plugin {
  const box = document.createElement('div');
  box.className = 'pointer-events-none absolute z-10 hidden max-w-64 rounded-md border bg-panel px-2 py-1.5 text-xs shadow-(--shadow)';
  return {
    hooks: {
      init: (chart) => void chart.over.append(box),
      setCursor: (chart) => {
        const { idx, left = 0, top = 0 } = chart.cursor;
        const rows = idx === null || idx === undefined || left < 0 ? [] : lines
          .map((line, index) => ({ line, value: (data?.() ?? chart.data)[index + 1]?.[idx] }))
          .filter((row): row is { line: Line; value: number } => typeof row.value === 'number')
          .sort((a, b) => b.value - a.value);
        box.classList.toggle('hidden', rows.length === 0);
        if (rows.length === 0) return;
        const shown = rows.slice(0, 12);
        box.replaceChildren(
          text('div', 'mb-0.5 text-faint', stepLabel(over, chart.data[0][idx!]!)),
          ...shown.map(({ line, value }) => row(line, format(value))),
          ...(rows.length > shown.length ? [text('div', 'text-faint', `and ${rows.length - shown.length} more`)] : []),
        );
        const width = chart.over.clientWidth;
        const flip = left > width / 2;
        box.style.left = flip ? 'auto' : `${left + 14}px`;
        box.style.right = flip ? `${width - left + 14}px` : 'auto';
        box.style.top = `${Math.max(0, Math.min(top - 10, chart.over.clientHeight - box.offsetHeight))}px`;
      },
    },
  };
}

function row(line: Line, value: string): HTMLElement {
  const element = text('div', 'flex items-center gap-2', '');
  const dot = text('span', 'size-2 shrink-0 rounded-full', '');
  dot.style.background = line.colour;
  element.append(dot, text('span', 'min-w-0 flex-1 truncate', line.label), text('span', 'num', value));
  return element;
}

function text(tag: string, className: string, content: string): HTMLElement {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = content;
  return element;
}
