import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import type { Client } from '../client';
import { RunModelDocument } from '../generated/graphql';
import { findRun } from './find-run';
import { action, mistake, type Outcome, type Session } from './session';
import { sourceKind } from './source-files';
import { bytes } from './table';

export function addExport(program: Command): void {
  program
    .command('export')
    .description('write the best model of a run to DIR: a tfjs LayersModel with labels and preprocessing')
    .argument('<run>', 'id or name')
    .argument('<dir>')
    .option('--force', 'write into a folder that is not empty; files of the same name are replaced')
    .action(action(exportRun));
}

async function exportRun({ client }: Session, wanted: string, directory: string, { force }: { force?: boolean }): Promise<Outcome> {
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

  await place(client, model.files, target, occupied);
  const size = model.files.reduce((sum, file) => sum + file.size, 0);
  return {
    answer: { run: run.id, directory: target, digest: model.digest, files: model.files },
    text: `${run.name}: ${model.files.length} files, ${bytes(size)}, written to ${directory}`,
  };
}

/** Everything is downloaded and checked beside the target first: what appears under its name is whole. */
async function place(client: Client, files: readonly { path: string; sha256: string }[], target: string, occupied: boolean): Promise<void> {
  const temporary = path.join(path.dirname(target), `.${path.basename(target)}.${randomUUID()}.partial`);
  try {
    await mkdir(temporary, { recursive: true });
    for (const file of files) await client.blobs.download(file.sha256, path.join(temporary, file.path));
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
