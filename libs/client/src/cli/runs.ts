import type { Command } from 'commander';
import { ListRunsDocument, type ListRunsQuery, type RunFilter, type RunStatus } from '../generated/graphql';
import { decimal } from './dataset-import';
import { runAnswer } from './run-answer';
import { action, mistake, type Outcome, type Session } from './session';
import { fixed, table } from './table';

interface Options {
  project?: string;
  status?: string;
  name?: string;
  search?: string;
  filter?: string;
  limit: number;
}

const statuses: readonly RunStatus[] = ['QUEUED', 'RUNNING', 'PAUSED', 'FINISHED', 'FAILED', 'CANCELLED'];

export function addRuns(program: Command): void {
  program
    .command('runs')
    .description('list runs, newest first')
    .option('--project <project>')
    .option('--status <status,…>', statuses.join(', '))
    .option('--name <text>', 'only names that contain this')
    .option('--search <search>', 'such as: val/accuracy > 0.9 and config.freeze = "head" and not tag:baseline')
    .option('--filter <json>', 'a RunFilter of the GraphQL API, such as {"tag":"demo"}')
    .option('--limit <number>', 'at most this many', decimal, 50)
    .action(action(listRuns));
}

async function listRuns({ client }: Session, { project, search, limit, ...options }: Options): Promise<Outcome> {
  const filter = filterOf(options);
  if (typeof filter === 'string') return mistake(filter);
  const nodes: ListRunsQuery['runs']['nodes'] = [];
  for (let after: string | null | undefined; nodes.length < limit; ) {
    const { runs } = await client.request(ListRunsDocument, { project, filter, search, first: Math.min(100, limit - nodes.length), after });
    nodes.push(...runs.nodes);
    if (!runs.pageInfo.hasNextPage) break;
    after = runs.pageInfo.endCursor;
  }
  const rows = nodes.map((run) => [run.id, run.name, run.status, run.dataset?.dataset.name ?? '-', run.backbone?.name ?? '-', valAccuracy(run), run.durationSeconds?.toFixed(0), run.createdAt]);
  return {
    answer: nodes.map(({ metrics: _, ...run }) => runAnswer(run)),
    text: rows.length > 0 ? table(['ID', 'NAME', 'STATUS', 'DATASET', 'BACKBONE', 'VAL/ACCURACY', 'SECONDS', 'CREATED'], rows) : 'No runs.',
  };
}

/** Of an ended run the best epoch's, of one under way the latest. */
const valAccuracy = ({ finalMetrics, metrics }: ListRunsQuery['runs']['nodes'][number]) =>
  fixed(finalMetrics.find(({ key }) => key === 'val/accuracy')?.value ?? metrics.find(({ key }) => key === 'val/accuracy')?.last);

export function filterOf({ status, name, filter }: Omit<Options, 'project' | 'search' | 'limit'>): RunFilter | string | undefined {
  const parts: RunFilter[] = [];
  if (status) {
    const wanted = status.split(',').map((each) => each.trim().toUpperCase());
    const unknown = wanted.filter((each) => !statuses.includes(each as RunStatus));
    if (unknown.length > 0) return `There is no status ${unknown.join(', ')}. Valid: ${statuses.join(', ')}.`;
    parts.push({ status: wanted as RunStatus[] });
  }
  if (name) parts.push({ name: { contains: name } });
  if (filter) {
    try {
      parts.push(JSON.parse(filter) as RunFilter);
    } catch (error) {
      return `--filter is no JSON (${(error as Error).message}). An example: '{"status":["FINISHED"],"metric":{"key":"val/accuracy","gte":0.8}}'.`;
    }
  }
  return parts.length > 1 ? { and: parts } : parts[0];
}
