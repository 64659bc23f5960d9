import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ModelExportError, convertModel, convertedFormats, type ConvertedFormat } from '@thaw/model-export';
import { Option, type Command } from 'commander';
import { RunModelDocument } from '../generated/graphql';
import { findRun } from './find-run';
import { action, mistake, type Outcome, type Session } from './session';
import { sourceKind } from './source-files';
import { bytes } from './table';

export function addExport(program: Command): void {
  program
    .command('export')
    .description('write the best model of a run to DIR, with labels and preprocessing: as tfjs LayersModel, ONNX or TensorFlow SavedModel')
    .argument('<run>', 'id or name')
    .argument('<dir>')
    .addOption(new Option('--format <format>', 'what the model becomes').choices(['tfjs', ...convertedFormats]).default('tfjs'))
    .option('--force', 'write into a folder that is not empty; files of the same name are replaced')
    .action(action(exportRun));
}

interface Options {
  format: 'tfjs' | ConvertedFormat;
  force?: boolean;
}

async function exportRun({ client }: Session, wanted: string, directory: string, { format, force }: Options): Promise<Outcome> {
  const target = path.resolve(directory);
  const kind = await sourceKind(target);
  if (kind === 'file') return mistake(`${directory} is a file. Give a folder that is new or empty.`);
  const occupied = kind === 'folder' && (await readdir(target)).length > 0;
  if (occupied && !force) return mistake(`${directory} is not empty. Give another folder, or --force to write into this one.`);

  const found = await findRun(client, wanted);
  if (!found.ok) return mistake(found.message);
  const { run } = await client.request(RunModelDocument, { id: found.id });
  const model = run?.artifacts.find((artifact) => artifact.kind === 'MODEL' && artifact.name === 'model');
  if (!run || !model) return mistake(`Run ${wanted} has no model: ${run?.kind === 'EXTERNAL' ? 'it was logged by a script, which gave it no artifact "model" of kind MODEL' : `it is ${run?.status}. Only a run that has FINISHED has one`}.`);
  const outside = model.files.find((file) => path.isAbsolute(file.path) || path.normalize(file.path).startsWith('..'));
  if (outside) return mistake(`The model of run ${wanted} names a file outside its folder: ${outside.path}. Nothing was written.`);

  let files: readonly WrittenFile[] = model.files;
  try {
    await place(target, occupied, async (folder) => {
      for (const file of model.files) await client.blobs.download(file.sha256, path.join(folder, file.path));
      if (format !== 'tfjs') files = await convertFolder(folder, model.files, format);
      return files;
    });
  } catch (error) {
    if (error instanceof ModelExportError) return mistake(`${error.message} Nothing was written.`);
    throw error;
  }
  const size = files.reduce((sum, file) => sum + file.size, 0);
  return {
    answer: { run: run.id, directory: target, format, digest: model.digest, files },
    text: `${run.name}: ${files.length} files, ${bytes(size)}, written to ${directory}`,
  };
}

interface WrittenFile {
  path: string;
  sha256: string;
  size: number;
}

/** Replaces the model in `folder` by what it is in the other format. */
async function convertFolder(folder: string, downloaded: readonly { path: string }[], format: ConvertedFormat): Promise<WrittenFile[]> {
  const files = await Promise.all(downloaded.map(async (file) => ({ path: file.path, bytes: await readFile(path.join(folder, file.path)) })));
  const converted = convertModel(files, format);
  for (const file of downloaded) await rm(path.join(folder, file.path));
  for (const file of converted) await writeFile(path.join(folder, file.path), file.bytes);
  return converted.map((file) => ({ path: file.path, sha256: createHash('sha256').update(file.bytes).digest('hex'), size: file.bytes.length }));
}

/** Everything is downloaded, checked and converted beside the target first: what appears under its name is whole. */
async function place(target: string, occupied: boolean, fill: (folder: string) => Promise<readonly { path: string }[]>): Promise<void> {
  const temporary = path.join(path.dirname(target), `.${path.basename(target)}.${randomUUID()}.partial`);
  try {
    await mkdir(temporary, { recursive: true });
    const files = await fill(temporary);
    if (occupied) {
      for (const file of files) {
        await mkdir(path.dirname(path.join(target, file.path)), { recursive: true });
        await rename(path.join(temporary, file.path), path.join(target, file.path));
      }
      return;
    }
    await rmdir(target).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
    await rename(temporary, target);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}
