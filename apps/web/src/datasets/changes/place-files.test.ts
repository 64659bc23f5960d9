import { freePath, placeFiles } from './place-files';

const file = (path: string) => ({ path, file: new File([path], 'x') });
const placesOf = (paths: string[], chosen: Parameters<typeof placeFiles>[2]) => placeFiles(paths.map(file), ['rose', 'tulip'], chosen).pictures.map(({ source, label, split }) => [source.path, label, split]);

test('folders named like a class or a split say where their pictures go', () => {
  expect(placesOf(['new/train/rose/1.jpg', 'new/val/tulip/2.png', 'rose/sub/3.webp', 'daisy/4.jpg'], { label: null, split: null }))
    .toEqual([['new/train/rose/1.jpg', 'rose', 'TRAIN'], ['new/val/tulip/2.png', 'tulip', 'VAL'], ['rose/sub/3.webp', 'rose', null], ['daisy/4.jpg', 'daisy', null]]);
});

test('a chosen class and split go before folders', () => {
  expect(placesOf(['a.jpg', 'tulip/b.jpg'], { label: 'rose', split: 'VAL' })).toEqual([['a.jpg', 'rose', 'VAL'], ['tulip/b.jpg', 'rose', 'VAL']]);
});

test('what cannot be placed is told, and what systems leave behind is not', () => {
  const { pictures, skipped } = placeFiles(['a.jpg', 'rose/notes.txt', 'rose/.DS_Store', '__MACOSX/rose/a.jpg'].map(file), ['rose'], { label: null, split: null });
  expect(pictures).toEqual([]);
  expect(skipped).toEqual([{ path: 'a.jpg', reason: 'in no folder, and no class is chosen' }, { path: 'rose/notes.txt', reason: 'not a picture by its name' }]);
});

test('a taken name gets a number', () => {
  expect(freePath('rose', 'a.b.jpg', new Set())).toBe('rose/a.b.jpg');
  expect(freePath('rose', 'a.b.jpg', new Set(['rose/a.b.jpg', 'rose/a.b-2.jpg']))).toBe('rose/a.b-3.jpg');
});
