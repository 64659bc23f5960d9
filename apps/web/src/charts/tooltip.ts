import type uPlot from 'uplot';
import { stepLabel, type StepAxis } from './axes';
import type { Line } from './line-chart';
import { tooltipBox } from './tooltip-box';

const mostShown = 12;

/** The values at the cursor, highest first, beside it; `data` when they are not what is drawn. */
export function tooltip(lines: readonly Line[], format: (value: number) => string, over: StepAxis, data?: () => uPlot.AlignedData): uPlot.Plugin {
  let box: ReturnType<typeof tooltipBox>;
  return {
    hooks: {
      init: (chart) => void (box = tooltipBox(chart.over)),
      setCursor: (chart) => {
        const { idx, left = 0, top = 0 } = chart.cursor;
        const rows = idx === null || idx === undefined || left < 0 ? [] : lines
          .map((line, index) => ({ line, value: (data?.() ?? chart.data)[index + 1]?.[idx] }))
          .filter((row): row is { line: Line; value: number } => typeof row.value === 'number')
          .sort((a, b) => b.value - a.value);
        if (rows.length === 0) return box.hide();
        const shown = rows.slice(0, mostShown).map(({ line, value }) => ({ colour: line.colour, dash: line.dash, label: line.label, value: format(value) }));
        box.show(left, top, stepLabel(over, chart.data[0][idx!]!), shown, rows.length > shown.length ? `and ${rows.length - shown.length} more` : '');
      },
    },
  };
}
