import { countProjects } from '@thaw/db/queries/project/list-projects';
import type { Services } from '../context';
import { importDataset } from '../dataset/import-dataset';
import { mapConcurrently } from '../dataset/map-concurrently';
import type { UploadedFile } from '../dataset/picture-source';
import { digitPictures } from './digit-pictures';

export const demoProject = 'demo';
export const demoDataset = 'digits-5-9';

/** So that a first visit is not empty. Project and dataset appear together or not at all, so a start that is killed here is made up for by the next. */
export async function createDemo({ db, blobs, log }: Pick<Services, 'db' | 'blobs' | 'log'>): Promise<void> {
  if ((await countProjects(db)) > 0) return;
  try {
    const files: UploadedFile[] = [];
    await mapConcurrently(await digitPictures(), 4, async ({ path, png }) => void files.push({ path, sha256: (await blobs.put(png)).sha256 }));
    const { errors } = await importDataset({ db, blobs }, { name: demoDataset, project: demoProject, files, valFraction: 0.2, seed: 1 });
    const [error] = errors;
    if (error && error.code !== 'NAME_TAKEN') throw new Error(error.message);
  } catch (error) {
    // Thaw is of use without it.
    log.error({ err: error }, 'the demo dataset was not made');
  }
}
