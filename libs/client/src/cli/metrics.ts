import type { Command } from 'commander';
import { RunCurvesDocument } from '../generated/graphql';
import { decimal } from './dataset-import';
import { findRun } from './find-run';
import { collect } from './launch';
import { action, mistake, type Outcome, type Session } from './session';
import { table } from './table';

interface Options {
  key: string[];
  maxPoints: number;
}

export function addMetrics(program: Command): void {
  program
    .command('metrics')
    .description('print the metrics of a run, one column of points per key')
    .argument('<run>', 'id or name')
    .option('--key <key>', 'only this one; may be given again', collect, [])
    .option('--max-points <number>', 'of longer series, this many points with every minimum and maximum kept', decimal, 1000)
    .action(action(metrics));
}

async function metrics({ client }: Session, wanted: string, { key, maxPoints }: Options): Promise<Outcome> {
  const found = await findRun(client, wanted);
  if (!found.ok) return mistake(found.message);
  const { metricSeries } = await client.request(RunCurvesDocument, { id: found.id, keys: key.length > 0 ? key : null, maxPoints });
  // As the API has them: columns, not points.
  const rows = metricSeries.flatMap(({ key: name, points: { steps, values } }) => steps.map((step, index) => [name, step, values[index]]));
  return { answer: metricSeries, text: rows.length > 0 ? table(['KEY', 'STEP', 'VALUE'], rows) : 'No metrics.' };
}
