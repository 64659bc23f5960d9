import type { Command } from 'commander';
import { DatasetChangesDocument, type DatasetChangesQuery } from '../generated/graphql';
import { decimal } from './dataset-import';
import { latestVersion, noDataset } from './dataset-versions';
import { action, mistake, type Outcome, type Session } from './session';
import { table } from './table';

interface Options {
  project?: string;
  from?: number;
  to?: number;
  limit: number;
}

export function addDatasetChanges(dataset: Command): void {
  dataset
    .command('changes')
    .description('what differs between two versions of a dataset')
    .argument('<name>')
    .option('--project <project>', 'needed when several have a dataset of that name')
    .option('--from <version>', 'the version compared with (default: the one that --to was made from)', decimal)
    .option('--to <version>', 'default: the latest', decimal)
    .option('--limit <number>', 'at most this many pictures of each kind, up to 1000', decimal, 20)
    .action(action(showChanges));
}

async function showChanges(session: Session, name: string, { project, from, to, limit }: Options): Promise<Outcome> {
  const version = to ?? (await latestVersion(session, name, { project }));
  if (version === null) return noDataset(name, { project });
  const { dataset } = await session.client.request(DatasetChangesDocument, { name, project, version, against: from, first: limit });
  if (!dataset) return noDataset(name, { project });
  if (!dataset.version) return mistake(`"${name}" has no version ${version}. \`thaw dataset versions ${JSON.stringify(name)}\` lists them.`);
  const { changes } = dataset.version;
  if (!changes) return mistake(`Version ${version} of "${name}" was made from no other. Say which to compare with by --from.`);
  return { answer: changes, text: textOf(changes) };
}

type Changes = NonNullable<NonNullable<NonNullable<DatasetChangesQuery['dataset']>['version']>['changes']>;
type Place = Changes['added']['nodes'][number];

const place = ({ path, label, split }: Place) => `${path}  (${split.toLowerCase()}, ${label})`;

function textOf(changes: Changes): string {
  const { from, to, unchanged, classes, classesAdded, classesRemoved } = changes;
  const lines = [`version ${from.version} → ${to.version}, ${unchanged} pictures unchanged`];
  if (classesAdded.length > 0) lines.push(`new classes: ${classesAdded.join(', ')}`);
  if (classesRemoved.length > 0) lines.push(`classes gone: ${classesRemoved.join(', ')}`);
  const list = (kind: string, totalCount: number, entries: string[]) => {
    if (totalCount === 0) return;
    lines.push(`${kind}: ${totalCount}`, ...entries.map((entry) => `  ${entry}`));
    if (entries.length < totalCount) lines.push(`  and ${totalCount - entries.length} more; see --limit`);
  };
  list('added', changes.added.totalCount, changes.added.nodes.map(place));
  list('removed', changes.removed.totalCount, changes.removed.nodes.map(place));
  for (const kind of ['replaced', 'renamed', 'relabelled', 'moved'] as const) {
    list(kind, changes[kind].totalCount, changes[kind].nodes.map(({ before, after }) => (kind === 'replaced' ? place(after) : `${place(before)} → ${place(after)}`)));
  }
  const counts = (before: number, after: number) => (before === after ? String(after) : `${before} → ${after}`);
  lines.push(table(['CLASS', 'TRAIN', 'VAL'], classes.map((each) => [each.name, counts(each.trainBefore, each.trainAfter), counts(each.valBefore, each.valAfter)])));
  return lines.join('\n');
}
