import 'reflect-metadata';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connect } from '@thaw/db';
import { createTestDatabase } from '@thaw/db/testing';
import { findDatasets } from '@thaw/db/queries/dataset/find-datasets';
import { findVersionsOfDatasets } from '@thaw/db/queries/dataset/find-versions-of-datasets';
import { insertProject } from '@thaw/db/queries/project/insert-project';
import pino from 'pino';
import sharp from 'sharp';
import { BlobStore } from '../blob/blob-store';
import { createDemo } from './create-demo';
import { digitPictures } from './digit-pictures';

const home = mkdtempSync(path.join(tmpdir(), 'thaw-demo-'));
afterAll(() => rmSync(home, { recursive: true }));
const log = pino({ level: 'silent' });

test('the first start has a dataset to play with, the same everywhere, made once by however many starts', async () => {
  await using database = await createTestDatabase();
  const blobs = await BlobStore.open(home, database.db);
  await using other = connect(database.url);
  await Promise.all([createDemo({ db: database.db, blobs, log }), createDemo({ db: other.db, blobs, log })]);
  await createDemo({ db: database.db, blobs, log });
  const [found, ...more] = await findDatasets(database.db, 'digits-5-9');
  expect([found?.project, more]).toEqual(['demo', []]);
  const [version] = (await findVersionsOfDatasets(database.db, [found!.dataset.id])).get(found!.dataset.id)!;
  expect(version).toMatchObject({ version: 1, skipped: [], splitSeed: null, classes: ['5', '6', '7', '8', '9'].map((name) => ({ name, trainCount: 20, valCount: 80 })) });
});

test('whoever has a project already gets no demo', async () => {
  await using database = await createTestDatabase();
  await insertProject(database.db, { name: 'mine', description: null });
  await createDemo({ db: database.db, blobs: await BlobStore.open(home, database.db), log });
  expect(await findDatasets(database.db, 'digits-5-9')).toEqual([]);
});

test('the pictures are the digits of the package, pixel by pixel', async () => {
  const [first] = await digitPictures();
  const pixels = await sharp(first!.png).toColourspace('b-w').raw().toBuffer();
  const { data } = JSON.parse(readFileSync(require.resolve('mnist/src/digits/5.json'), 'utf8')) as { data: number[] };
  expect(first!.path).toBe('train/5/000.png');
  expect([...pixels]).toEqual(data.slice(0, 784).map((brightness) => Math.round(brightness * 255)));
});
