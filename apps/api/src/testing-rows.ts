import { backbone, type Database } from '@thaw/db';
import { insertDataset } from '@thaw/db/queries/dataset/insert-dataset';

/** A dataset version without pictures, for tests of runs, which only point at it. */
export async function givenDataset(db: Database, name: string, project = 'default'): Promise<void> {
  const classes = [{ name: 'a', trainCount: 0, valCount: 0 }, { name: 'b', trainCount: 0, valCount: 0 }];
  const inserted = await insertDataset(db, { project, name, version: { digest: '0'.repeat(64), classes, trainCount: 0, valCount: 0, skipped: [], splitSeed: 1, valFraction: 0.2, pictures: [], duplicates: [] } });
  if (!inserted.ok) throw new Error(inserted.reason);
}

export async function givenBackbone(db: Database, name: string, status: 'READY' | 'ABSENT' = 'READY'): Promise<void> {
  await db.insert(backbone).values({
    name,
    title: name,
    source: 'IMPORTED',
    status,
    spec: { name, architecture: 'tiny', preprocessing: { inputSize: 8, resize: 'fill', range: [0, 1] }, blocks: [{ name: 'stem', firstLayer: 'conv1' }, { name: 'block1', firstLayer: 'conv2' }], featureLayer: 'out' },
  });
}
