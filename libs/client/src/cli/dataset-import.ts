import { InvalidArgumentError, type Command } from 'commander';
import { ImportDatasetDocument, type CreateDatasetInput } from '../generated/graphql';
import { datasetAnswer } from './dataset-list';
import { importSilenceMs, uploadSource } from './dataset-source';
import { action, mistake, refused, type Outcome, type Session } from './session';

interface Options {
  name: string;
  project?: string;
  valFraction?: number;
  seed?: number;
}

export function addDatasetImport(dataset: Command): void {
  dataset
    .command('import')
    .description('import pictures: DIR/train/<class>/* and DIR/val/<class>/*, or DIR/<class>/* (split by a seed)')
    .argument('<source>', 'a folder, or a zip of one')
    .requiredOption('--name <name>', 'name of the dataset')
    .option('--project <project>', 'created when it does not exist (default: "default")')
    .option('--val-fraction <fraction>', 'share kept for validation when the source has no split of its own', decimal)
    .option('--seed <seed>', 'seed of that split', decimal)
    .action(action(importDataset));
}

async function importDataset(session: Session, source: string, options: Options): Promise<Outcome> {
  const uploaded = await uploadSource(session, source);
  if (!uploaded.ok) return mistake(uploaded.message);
  const { name, project, valFraction, seed } = options;
  const input: CreateDatasetInput = { name, project, valFraction, seed, ...uploaded.input };

  const { createDataset } = await session.client.request(ImportDatasetDocument, { input }, { silenceMs: importSilenceMs });
  const skipped = [...uploaded.hidden, ...createDataset.skipped];
  for (const warning of createDataset.warnings) session.warn(warning);
  for (const { path, reason } of skipped) session.warn(`skipped ${path}: ${reason}`);
  if (!createDataset.dataset) return refused(createDataset.userErrors, { skipped });
  const answer = datasetAnswer(createDataset.dataset);
  return {
    answer: { ...answer, skipped, warnings: createDataset.warnings },
    text: `${answer.name}: ${answer.trainCount} training and ${answer.valCount} validation pictures of ${answer.classes.length} classes, digest ${answer.digest.slice(0, 12)}`,
  };
}

export function decimal(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('It must be a number.');
  return value;
}
