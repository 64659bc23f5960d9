import { InvalidArgumentError, type Command } from 'commander';
import { UpdateDatasetDocument, type CreateDatasetVersionInput, type RelabelInput } from '../generated/graphql';
import { importSilenceMs, uploadSource } from './dataset-source';
import { versionAnswer } from './dataset-versions';
import { decimal } from './dataset-import';
import { action, mistake, refused, type Outcome, type Session } from './session';

interface Options {
  name: string;
  project?: string;
  base?: number;
  remove?: string[];
  relabel?: RelabelInput[];
  move?: RelabelInput[];
  newClass?: string[];
}

export function addDatasetUpdate(dataset: Command): void {
  dataset
    .command('update')
    .description('make the next version of a dataset: add or replace, remove, relabel or move pictures')
    .argument('[source]', 'a folder, or a zip of one, whose pictures are added or put in place of those with the same path')
    .requiredOption('--name <name>', 'name of the dataset')
    .option('--project <project>', 'needed when several have a dataset of that name')
    .option('--base <version>', 'change this version instead of the latest', decimal)
    .option('--remove <path...>', 'pictures to leave out')
    .option('--relabel <path=class...>', 'pictures to put into another class', collect(relabelling))
    .option('--move <path=train|val...>', 'pictures to put into the other split', collect(moving))
    .option('--new-class <class...>', 'classes that --relabel may make')
    .action(action(updateDataset));
}

async function updateDataset(session: Session, source: string | undefined, { name, project, base, remove, relabel = [], move = [], newClass }: Options): Promise<Outcome> {
  if (source === undefined && !remove && relabel.length === 0 && move.length === 0) return mistake('Nothing to do. Give a folder of pictures, --remove, --relabel or --move.');
  const uploaded = source === undefined ? { ok: true as const, input: {}, hidden: [] } : await uploadSource(session, source);
  if (!uploaded.ok) return mistake(uploaded.message);
  const input: CreateDatasetVersionInput = { dataset: name, project, baseVersion: base, remove, relabel: joined([...relabel, ...move]), newClasses: newClass, ...uploaded.input };

  const { createDatasetVersion: made } = await session.client.request(UpdateDatasetDocument, { input }, { silenceMs: importSilenceMs });
  const skipped = [...uploaded.hidden, ...made.skipped];
  for (const warning of made.warnings) session.warn(warning);
  for (const { path, reason } of skipped) session.warn(`skipped ${path}: ${reason}`);
  if (!made.version || !made.dataset) return refused(made.userErrors, { skipped });
  const { version, trainCount, valCount, classes, digest } = made.version;
  return {
    answer: { id: made.dataset.id, name, project: made.dataset.project.name, ...versionAnswer(made.version), skipped },
    text: `${name}: version ${version}, ${trainCount} training and ${valCount} validation pictures of ${classes.length} classes, digest ${digest.slice(0, 12)}\nWhat changed: thaw dataset changes ${JSON.stringify(name)}`,
  };
}

/** One entry per path, as the API wants it. */
function joined(entries: readonly RelabelInput[]): RelabelInput[] {
  const byPath = new Map<string, RelabelInput>();
  for (const entry of entries) byPath.set(entry.path, { ...byPath.get(entry.path), ...entry });
  return [...byPath.values()];
}

const collect = (parse: (text: string) => RelabelInput) => (text: string, before: RelabelInput[] = []) => [...before, parse(text)];

const relabelling = (text: string): RelabelInput => {
  const [path, label] = atLastEquals(text, 'rose/1.jpg=tulip');
  return { path, label };
};

const moving = (text: string): RelabelInput => {
  const [path, split] = atLastEquals(text, 'rose/1.jpg=val');
  if (!/^(train|val)$/i.test(split)) throw new InvalidArgumentError(`"${split}" is neither train nor val.`);
  return { path, split: split.toUpperCase() as 'TRAIN' | 'VAL' };
};

function atLastEquals(text: string, example: string): [string, string] {
  const at = text.lastIndexOf('=');
  if (at <= 0 || at === text.length - 1) throw new InvalidArgumentError(`Write it as in ${example}.`);
  return [text.slice(0, at), text.slice(at + 1)];
}
