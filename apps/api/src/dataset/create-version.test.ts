import { datasetVersion, duplicatePicture, picture as pictureTable } from '@thaw/db';
import { startTestApi, type TestApi } from '../testing';
import { createDataset, createVersion, placesOf } from '../testing-datasets';
import { makeZip, picture, twoClasses, upload } from '../testing-files';

let api: TestApi;
beforeAll(async () => void (api = await startTestApi()));
afterAll(() => api[Symbol.asyncDispose]());

const codes = (answer: { version: unknown; userErrors: { code: string }[] }) => [answer.version, ...answer.userErrors.map(({ code }) => code)];
const rowCounts = () => Promise.all([api.db.$count(datasetVersion), api.db.$count(pictureTable), api.db.$count(duplicatePicture)]);

test('a version is made of another by adding, replacing, removing, relabelling and moving; the one before stays', async () => {
  const first = await createDataset(api, 'pets', { 'train/cat/1.png': await picture(1), 'train/cat/2.png': await picture(2), 'train/dog/1.png': await picture(3), 'train/dog/2.png': await picture(4), 'val/cat/1.png': await picture(5), 'val/dog/1.png': await picture(6) });
  const before = await placesOf(api, 'pets', 1);
  const second = await createVersion(api, 'pets', {
    files: { 'train/cat/1.png': await picture(7), 'train/cow/1.png': await picture(8), 'train/cow/2.png': await picture(9) },
    remove: ['train/cat/2.png'],
    relabel: [{ path: 'train/dog/2.png', label: 'cat' }, { path: 'train/cow/2.png', split: 'VAL' }],
  });
  expect(second).toMatchObject({ userErrors: [], warnings: [], version: { version: 2, parent: { version: 1 }, trainCount: 4, valCount: 3, splitSeed: null } });
  expect(second.version.classes).toEqual([{ name: 'cat', trainCount: 2, valCount: 1 }, { name: 'cow', trainCount: 1, valCount: 1 }, { name: 'dog', trainCount: 1, valCount: 1 }]);
  expect(second.version.digest).not.toBe(first.version.digest);
  expect(await placesOf(api, 'pets')).toEqual({
    'train/cat/1.png': 'TRAIN cat', 'train/dog/2.png': 'TRAIN cat', 'train/cow/1.png': 'TRAIN cow', 'train/cow/2.png': 'VAL cow', 'train/dog/1.png': 'TRAIN dog', 'val/cat/1.png': 'VAL cat', 'val/dog/1.png': 'VAL dog',
  });
  expect(await placesOf(api, 'pets', 1)).toEqual(before);
  // The same content, made in one go, has the same digest.
  const again = await createDataset(api, 'pets again', { 'train/cat/1.png': await picture(7), 'train/cat/9.png': await picture(4), 'train/cow/1.png': await picture(8), 'train/dog/1.png': await picture(3), 'val/cat/1.png': await picture(5), 'val/cow/1.png': await picture(9), 'val/dog/1.png': await picture(6) });
  expect(again.version.digest).toBe(second.version.digest);
  // An older version may be the base; the number goes on.
  const third = await createVersion(api, 'pets', { baseVersion: 1, remove: ['train/cat/2.png'] });
  expect(third.version).toMatchObject({ version: 3, parent: { version: 1 }, trainCount: 3 });
});

test('new pictures are split by the seed of the dataset, and those that were there keep their split', async () => {
  await createDataset(api, 'grown', await twoClasses(10), { seed: 3 });
  const before = await placesOf(api, 'grown');
  const more = Object.fromEntries(await Promise.all(Array.from({ length: 10 }, async (_, index) => [`cat/more-${index}.png`, await picture(5000 + index)] as const)));
  // In a zip with a folder around everything, as people zip.
  const zipped = await createVersion(api, 'grown', { zip: await upload(api, await makeZip(Object.fromEntries(Object.entries(more).map(([path, bytes]) => [`pets/${path}`, bytes])))) });
  expect(zipped).toMatchObject({ userErrors: [], version: { version: 2, splitSeed: 3, classes: [{ name: 'cat', trainCount: 16, valCount: 4 }, { name: 'dog', trainCount: 8, valCount: 2 }] } });
  const after = await placesOf(api, 'grown');
  expect(after).toMatchObject(before);
  expect(Object.keys(after)).toHaveLength(30);
  // One at a time gets the same share.
  for (let index = 0; index < 10; index++) {
    const added = await createVersion(api, 'grown', { files: { [`dog/more-${index}.png`]: await picture(6000 + index) } });
    expect(added.userErrors).toEqual([]);
  }
  expect((await createVersion(api, 'grown', { remove: ['cat/more-0.png'] })).version.classes[1]).toEqual({ name: 'dog', trainCount: 16, valCount: 4 });
  expect(await placesOf(api, 'grown')).toMatchObject(before);
});

test('a renamed file keeps its split, and a replaced one its class', async () => {
  await createDataset(api, 'renamed', await twoClasses(10));
  const before = await placesOf(api, 'renamed');
  const cats = Object.keys(before).filter((path) => path.startsWith('cat/'));
  const files = Object.fromEntries(await Promise.all(cats.map(async (path) => [path.replace('cat/', 'cat/renamed-'), await picture(Number(path.match(/\d+/)![0]))] as const)));
  expect((await createVersion(api, 'renamed', { files, remove: cats })).userErrors).toEqual([]);
  const after = await placesOf(api, 'renamed');
  for (const path of cats) expect(after[path.replace('cat/', 'cat/renamed-')]).toBe(before[path]);
  await createVersion(api, 'renamed', { relabel: [{ path: 'dog/1.png', label: 'cat' }] });
  await createVersion(api, 'renamed', { files: { 'dog/1.png': await picture(7777) } });
  expect((await placesOf(api, 'renamed'))['dog/1.png']).toMatch(/ cat$/);
});

test('nothing changed makes no version', async () => {
  const files = await twoClasses(3);
  await createDataset(api, 'same', files);
  const before = await rowCounts();
  const { 'cat/0.png': cat } = files;
  for (const input of [{}, { files }, { files: { 'cat/0.png': cat! } }, { relabel: [{ path: 'cat/0.png', label: 'cat' }] }, { files: { 'cat/new.png': Buffer.from('no picture') } }]) {
    const answer = await createVersion(api, 'same', input);
    expect(codes(answer)).toEqual([null, 'NOTHING_CHANGED']);
  }
  expect((await createVersion(api, 'same', { files: { 'cat/new.png': Buffer.from('no picture') } })).userErrors[0].message).toContain('One file was left out');
  expect(await rowCounts()).toEqual(before);
});

test('creations at the same time all count, each with a number of its own', async () => {
  await createDataset(api, 'busy', await twoClasses(3));
  const made = await Promise.all([1, 2, 3, 4, 5].map(async (index) => createVersion(api, 'busy', { files: { [`cat/at-once-${index}.png`]: await picture(300 + index) } })));
  expect(made.map(({ userErrors }) => userErrors)).toEqual([[], [], [], [], []]);
  expect(made.map(({ version }) => version.version).sort()).toEqual([2, 3, 4, 5, 6]);
  for (const { version } of made) expect(version.parent.version).toBe(version.version - 1);
  expect(Object.keys(await placesOf(api, 'busy'))).toHaveLength(11);
});

describe('what is refused, whole', () => {
  beforeAll(async () => void (await createDataset(api, 'strict', { 'train/cat/1.png': await picture(1), 'train/cat/2.png': await picture(2), 'train/dog/1.png': await picture(3), 'val/cat/1.png': await picture(4), 'val/dog/1.png': await picture(5) })));

  test.each<[string, object, [code: string, message: RegExp][]]>([
    ['an unknown path to remove', { remove: ['train/cat/9.png', 'nowhere'] }, [['PATH_UNKNOWN', /"train\/cat\/9.png", "nowhere"/]]],
    ['an unknown path to relabel', { relabel: [{ path: '../../etc/passwd', label: 'cat' }] }, [['PATH_UNKNOWN', /"..\/..\/etc\/passwd"/]]],
    ['a class that nobody made', { relabel: [{ path: 'train/cat/1.png', label: 'dgo' }] }, [['CLASS_UNKNOWN', /"dgo".*"cat", "dog".*newClasses/]]],
    ['a class that stays empty', { newClasses: ['cow'], remove: ['train/cat/1.png'] }, [['EMPTY_CLASS', /"cow" is empty/]]],
    ['a class without training pictures', { remove: ['train/cat/1.png', 'train/cat/2.png'] }, [['EMPTY_CLASS', /"cat" would have 1 validation and no training/]]],
    ['a single class', { remove: ['train/dog/1.png', 'val/dog/1.png'] }, [['ONE_CLASS', /Only the class "cat"/]]],
    ['no training', { relabel: ['train/cat/1.png', 'train/cat/2.png', 'train/dog/1.png'].map((path) => ({ path, split: 'VAL' })) }, [['NO_TRAINING_PICTURES', /No training picture/]]],
    ['no pictures at all', { remove: ['train/cat/1.png', 'train/cat/2.png', 'train/dog/1.png', 'val/cat/1.png', 'val/dog/1.png'] }, [['NO_TRAINING_PICTURES', /No training picture/]]],
    ['no validation', { remove: ['val/cat/1.png', 'val/dog/1.png'] }, [['NO_VALIDATION_PICTURES', /No validation picture/]]],
    ['contradictions', { remove: ['train/cat/1.png'], relabel: [{ path: 'train/cat/1.png', label: 'dog' }, { path: 'train/cat/2.png' }, { path: './train//cat/2.png', split: 'VAL' }] }, [['CONFLICTING_CHANGE', /relabelled and removed/], ['NOTHING_TO_RELABEL', /neither/], ['DUPLICATE_PATH', /twice/]]],
    ['a strange label', { newClasses: ['a\nb'], relabel: [{ path: 'train/cat/1.png', label: 'a\nb' }] }, [['INVALID_NAME', /relabel.0.label/]]],
    ['an unknown version', { baseVersion: 9, remove: ['train/cat/1.png'] }, [['VERSION_UNKNOWN', /no version 9.*versions 1 to 1/]]],
    ['version zero', { baseVersion: 0, remove: ['train/cat/1.png'] }, [['VERSION_UNKNOWN', /no version 0/]]],
    ['files that are not uploaded', { files: undefined, zip: 'f'.repeat(64) }, [['MISSING_BLOB', /POST \/blobs/]]],
    ['two sources', { zip: 'f'.repeat(64), files: { 'train/cat/3.png': new Uint8Array([1]) } }, [['ONE_SOURCE', /not both/]]],
    ['a path that escapes', { files: { '../cat/3.png': new Uint8Array([1]) } }, [['PATH_ESCAPES', /leaves its folder/]]],
    ['a path that is too long', { files: { [`train/cat/${'x'.repeat(2000)}.png`]: new Uint8Array([1]) } }, [['PATH_ESCAPES', /longer than 1000/]]],
    ['a new class whose files do not decode', { files: { 'train/cow/1.png': new Uint8Array([1]) }, remove: ['train/cat/1.png'] }, [['EMPTY_CLASS', /"cow" is empty/]]],
  ])('%s', async (_, input, expected) => {
    const before = await rowCounts();
    const answer = await createVersion(api, 'strict', input as never);
    expect(codes(answer)).toEqual([null, ...expected.map(([code]) => code)]);
    expected.forEach(([, message], index) => expect(answer.userErrors[index].message).toMatch(message));
    expect(await rowCounts()).toEqual(before);
  });

  test('a dataset that does not exist, or that several projects have', async () => {
    const absent = await createVersion(api, 'nowhere', { remove: ['x'] });
    expect(codes(absent)).toEqual([null, 'DATASET_UNKNOWN']);
    expect(absent.userErrors[0].message).toMatch(/"strict".*thaw dataset import/);
    await createDataset(api, 'shared', await twoClasses(2));
    await createDataset(api, 'shared', await twoClasses(2), { project: 'other' });
    expect(codes(await createVersion(api, 'shared', { remove: ['cat/0.png'] }))).toEqual([null, 'PROJECT_NEEDED']);
    expect(codes(await createVersion(api, 'shared', { project: 'other', files: { 'cat/9.png': await picture(9) } }))[0]).toMatchObject({ version: 2 });
  });

  test('a deleted dataset', async () => {
    const { dataset } = await createDataset(api, 'gone', await twoClasses(2));
    await api.gql('mutation ($id: ID!) { deleteDataset(id: $id) { userErrors { code } } }', { id: dataset.id });
    expect(codes(await createVersion(api, 'gone', { files: { 'cat/9.png': await picture(9) } }))).toEqual([null, 'DATASET_UNKNOWN']);
  });

  test('a zip with an evil entry', async () => {
    const zip = Buffer.from((await makeZip({ 'xx/evil.png': await picture(9) })).toString('latin1').replaceAll('xx/evil.png', '../evil.png'), 'latin1');
    expect(codes(await createVersion(api, 'strict', { zip: await upload(api, zip) }))).toEqual([null, 'PATH_ESCAPES']);
  });
});

test('a class can be made by relabelling when it is named, and ends with its last picture', async () => {
  await createDataset(api, 'classes', await twoClasses(4));
  const made = await createVersion(api, 'classes', { newClasses: ['cow'], relabel: [{ path: 'dog/0.png', label: 'cow', split: 'TRAIN' }, { path: 'dog/1.png', label: 'cow', split: 'VAL' }] });
  expect(made.version.classes).toContainEqual({ name: 'cow', trainCount: 1, valCount: 1 });
  const gone = await createVersion(api, 'classes', { remove: ['dog/0.png', 'dog/1.png'] });
  expect(gone.version.classes.map(({ name }: { name: string }) => name)).toEqual(['cat', 'dog']);
});
