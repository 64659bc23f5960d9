import { planImport, type SplitOptions } from './plan-import';
import { readLayout, withValidation } from './read-layout';

const options: SplitOptions = { seed: 1, valFraction: 0.2 };
const plan = (paths: string[], { emptyFolders = [] as string[], unreadable = [] as string[], ...rest } = {}) =>
  planImport(withValidation(readLayout(paths, emptyFolders)), { ...options, ...rest }, new Set(unreadable));
const codes = (result: { problems: { code: string }[] }) => result.problems.map(({ code }) => code);
const numbered = (folder: string, count: number) => Array.from({ length: count }, (_, index) => `${folder}/${index}.jpg`);

test('train/ and val/ are taken as they are, the folder around them dropped, classes in the order of their names', () => {
  const result = plan(['f/train/tulip/a.jpg', 'f/train/rose/b.jpg', 'f/val/rose/c.jpg', 'f/val/tulip/d.JPEG', 'f/train/rose/deep/er/e.png']);
  expect(result.problems).toEqual([]);
  expect(result.seeded).toBe(false);
  expect(result.classes).toEqual([{ name: 'rose', trainCount: 2, valCount: 1 }, { name: 'tulip', trainCount: 1, valCount: 1 }]);
  expect(result.pictures.map(({ path, split, classIndex }) => [split, classIndex, path])).toEqual([
    ['TRAIN', 0, 'train/rose/b.jpg'], ['TRAIN', 0, 'train/rose/deep/er/e.png'], ['TRAIN', 1, 'train/tulip/a.jpg'], ['VAL', 0, 'val/rose/c.jpg'], ['VAL', 1, 'val/tulip/d.JPEG'],
  ]);
});

test('one folder is split by the seed, each class for itself', () => {
  const paths = [...numbered('a', 10), ...numbered('b', 3), ...numbered('c', 1)];
  const result = plan(paths);
  expect(result.classes).toEqual([{ name: 'a', trainCount: 8, valCount: 2 }, { name: 'b', trainCount: 2, valCount: 1 }, { name: 'c', trainCount: 1, valCount: 0 }]);
  expect(result.warnings).toEqual(['No validation picture for "c": accuracy says nothing about it.']);
  expect(plan([...paths].reverse())).toEqual(result);
  const valOf = (seed: number, sources = paths) => plan(sources, { seed } as object).pictures.filter(({ split }) => split === 'VAL').map(({ path }) => path);
  expect(valOf(2)).not.toEqual(valOf(1));
  expect(valOf(1, [...paths, ...numbered('d', 5)])).toEqual(expect.arrayContaining(valOf(1)));
  expect(valOf(1, paths.map((path) => `data/all/${path}`))).toEqual(valOf(1));
});

test('hidden, system and other files are skipped with the reason', () => {
  const layout = readLayout(['a/1.jpg', 'b/1.jpg', 'a/.DS_Store', '__MACOSX/a/._1.jpg', 'a/Thumbs.db', 'b/notes.txt', 'b/x.heic', 'cover.jpg']);
  expect(layout.files).toHaveLength(2);
  expect(Object.fromEntries(layout.skipped.map(({ path, reason }) => [path, reason]))).toEqual({
    'a/.DS_Store': 'hidden file', '__MACOSX/a/._1.jpg': 'hidden file', 'a/Thumbs.db': 'system file', 'cover.jpg': 'not in a class folder',
    'b/notes.txt': expect.stringContaining('not a picture'), 'b/x.heic': expect.stringContaining('convert it to JPEG or PNG'),
  });
});

test('all problems come at once', () => {
  const result = plan(['train/a/1.jpg', 'val/a/1.jpg', 'val/zebra/1.jpg', 'val/yak/1.jpg'], { emptyFolders: ['train/c'], valFraction: 1 } as object);
  expect(codes(result)).toEqual(['INVALID_VAL_FRACTION', 'EMPTY_CLASS', 'VAL_CLASS_NOT_IN_TRAIN', 'VAL_CLASS_NOT_IN_TRAIN']);
  expect(result.problems[1]!.message).toBe('Class "c" is empty: it has no pictures in train/. Add pictures to it or remove its folder.');
  expect(result.problems[3]!.message).toMatch(/"zebra".*train\/ has "a", "c"/);
});

test.each([
  ['nothing', [], 'NO_PICTURES'],
  ['no pictures', ['a/readme.txt', 'b/readme.txt'], 'NO_PICTURES'],
  ['pictures in no folder', ['1.jpg', '2.jpg'], 'NO_CLASS_FOLDERS'],
  ['one class', ['rose/1.jpg', 'rose/2.jpg'], 'ONE_CLASS'],
  ['one class in train/ and val/', ['train/rose/1.jpg', 'val/rose/2.jpg'], 'ONE_CLASS'],
  ['val/ alone', ['val/a/1.jpg', 'val/b/1.jpg'], 'NO_TRAINING_PICTURES'],
  ['single pictures', ['a/1.jpg', 'b/1.jpg'], 'NO_VALIDATION_PICTURES'],
  ['the same path twice', ['a/1.jpg', './a//1.jpg', 'b/1.jpg'], 'DUPLICATE_PATH'],
  ['..', ['a/1.jpg', 'b/../../etc/1.jpg'], 'PATH_ESCAPES'],
  ['an absolute path', ['/a/1.jpg', 'b/1.jpg'], 'PATH_ESCAPES'],
  ['a backslash', ['a\\1.jpg', 'b/1.jpg'], 'PATH_ESCAPES'],
  ['a drive letter', ['C:/a/1.jpg', 'b/1.jpg'], 'PATH_ESCAPES'],
])('%s is refused', (_, paths, code) => {
  expect(codes(plan(paths))).toEqual([code]);
});

test('a class whose pictures all fail to decode is empty', () => {
  const paths = [...numbered('a', 4), ...numbered('b', 2)];
  expect(codes(plan(paths))).toEqual([]);
  expect(plan(paths, { unreadable: ['b/0.jpg'] }).classes[1]).toEqual({ name: 'b', trainCount: 1, valCount: 0 });
  expect(plan(paths, { unreadable: ['b/0.jpg', 'b/1.jpg'] }).problems).toEqual([{ code: 'EMPTY_CLASS', message: 'Class "b" is empty: none of its 2 pictures decode. Add pictures to it or remove its folder.' }]);
});

test('train/ without val/ is split by the seed, test/ stays out', () => {
  const result = plan([...numbered('train/a', 5), ...numbered('train/b', 5), 'test/a/1.jpg']);
  expect(result).toMatchObject({ seeded: true, problems: [], warnings: [expect.stringContaining('no val/ folder')] });
  expect(result.classes).toEqual([{ name: 'a', trainCount: 4, valCount: 1 }, { name: 'b', trainCount: 4, valCount: 1 }]);
});

test('a class may be called train', () => {
  expect(plan([...numbered('train', 3), ...numbered('bus', 3)]).classes.map(({ name }) => name)).toEqual(['bus', 'train']);
});
