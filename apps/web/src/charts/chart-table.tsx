'use client';

import { formatMetric } from '../format/numbers';
import { bestOf } from './best-of';
import { lowerIsBetter } from './metric-keys';
import { Dialog } from '../ui/dialog';
import type { DrawnLine } from './drawn-line';

/** What a chart draws as a table, for keyboards, screen readers and exact figures. */
export function ChartTable({ metric, xName, lines, open, onOpenChange }: { metric: string; xName: string; lines: readonly DrawnLine[]; open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={metric} description={`${lines.length} lines over ${xName.toLowerCase()}, as drawn`} wide>
      <table className="grid-table">
        <thead><tr><th scope="col">Line</th><th scope="col" className="right">{lowerIsBetter(metric) === null ? 'Last finite' : 'Best'}</th><th scope="col" className="right">Last</th><th scope="col" className="right">At</th><th scope="col" className="right">Points</th></tr></thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.id}>
              <th scope="row" className="text-ink!">{line.label}</th>
              <td className="right">{formatMetric(bestOf(metric, line))}</td><td className="right">{formatMetric((line.raw ?? line.y).at(-1))}</td>
              <td className="right">{line.x.at(-1)?.toLocaleString('en-US')}</td><td className="right">{(line.count ?? line.x.length).toLocaleString('en-US')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Dialog>
  );
}
