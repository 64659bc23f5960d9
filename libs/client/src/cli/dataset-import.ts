import { open } from 'node:fs/promises';
import { InvalidArgumentError, type Command } from 'commander';
import { ImportDatasetDocument, type CreateDatasetInput } from '../generated/graphql';
import { datasetAnswer } from './dataset-list';
import { action, mistake, refused, type Outcome, type Session } from './session';
import { listFolder, sourceKind } from './source-files';
import { uploadFiles } from './upload-files';

interface Options {
  name: string;
  project?: string;
  valFraction?: number;
  seed?: number;
}

/** Decoding every picture of a large dataset takes its time. */
const importSilenceMs = 2 * 3_600_000;

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
  const kind = await sourceKind(source);
  if (kind === null) return mistake(`There is nothing at ${source}. Give a folder of pictures or a zip of one.`);
  if (kind === 'file' && !(await isZip(source))) return mistake(`${source} is a file but no zip. Give a folder of pictures or a zip of one.`);

  const hidden: { path: string; reason: string }[] = [];
  const { name, project, valFraction, seed } = options;
  const input: CreateDatasetInput = { name, project, valFraction, seed };
  if (kind === 'file') {
    input.zip = (await session.client.blobs.upload(source)).sha256;
  } else {
    const folder = await listFolder(source);
    hidden.push(...folder.hidden.map((path) => ({ path, reason: 'hidden file' })));
    input.files = await uploadFiles(session, folder.files);
    input.emptyFolders = folder.emptyFolders;
  }

  const { createDataset } = await session.client.request(ImportDatasetDocument, { input }, { silenceMs: importSilenceMs });
  const skipped = [...hidden, ...createDataset.skipped];
  for (const warning of createDataset.warnings) session.warn(warning);
  for (const { path, reason } of skipped) session.warn(`skipped ${path}: ${reason}`);
  if (!createDataset.dataset) return refused(createDataset.userErrors, { skipped });
  const answer = datasetAnswer(createDataset.dataset);
  return {
    answer: { ...answer, skipped, warnings: createDataset.warnings },
    text: `${answer.name}: ${answer.trainCount} training and ${answer.valCount} validation pictures of ${answer.classes.length} classes, digest ${answer.digest.slice(0, 12)}`,
  };
}

async function isZip(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return buffer.toString('latin1') === 'PK';
  } finally {
    await handle.close();
  }
}

export function decimal(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('It must be a number.');
  return value;
}
