import { classesAfter, noChanges, type Pending, type Shown } from './pending';
import { type Found, rebase } from './rebase';

const shown = (path: string, label: string, split: Shown['split']): Shown => ({ path, label, split, url: `/pictures/${path}` });
const found = (path: string, label: string, split: Shown['split'], sha256 = path): Found => ({ ...shown(path, label, split), sha256 });
const pending = (part: Partial<Pending>): Pending => ({ ...noChanges, base: 1, latest: 2, ...part });
const classes = [{ name: 'daisy', trainCount: 61, valCount: 8 }, { name: 'rose', trainCount: 5, valCount: 2 }];

test('what a version forecasts counts from where its own pictures are', () => {
  const changes: Pending['changes'] = Object.fromEntries(['1', '2', '3'].map((path) => [path, { kind: 'move', was: shown(path, 'daisy', 'VAL'), label: 'daisy', split: 'TRAIN' }]));
  // One is in training by now, one in another class; the third is as it was.
  const onto = rebase(pending({ changes }), classes, [found('1', 'daisy', 'TRAIN'), found('2', 'rose', 'VAL'), found('3', 'daisy', 'VAL')]);
  expect(onto).toMatchObject({ held: 1, gone: 0, changes: { 2: { was: { label: 'rose' }, label: 'rose', split: 'TRAIN' }, 3: { label: 'daisy', split: 'TRAIN' } } });
  expect(classesAfter(classes, pending(onto))).toEqual([{ name: 'daisy', trainCount: 62, valCount: 7 }, { name: 'rose', trainCount: 6, valCount: 1 }]);
});

test('what the version has already, and what it no longer has, is left out and counted', () => {
  const changes: Pending['changes'] = {
    gone: { kind: 'move', was: shown('gone', 'daisy', 'VAL'), label: 'rose', split: 'VAL' },
    removed: { kind: 'remove', was: shown('removed', 'daisy', 'VAL') },
    there: { kind: 'remove', was: shown('there', 'daisy', 'VAL') },
    'rose/new.jpg': { kind: 'add', sha256: 'same', label: 'rose', split: null },
  };
  const onto = rebase(pending({ changes, renames: { tulip: 'tulipa', daisy: 'bellis', lily: 'rose' } }), classes, [found('there', 'daisy', 'TRAIN'), found('rose/other.jpg', 'rose', 'TRAIN', 'same')]);
  expect(onto).toEqual({ changes: { there: { kind: 'remove', was: shown('there', 'daisy', 'TRAIN') } }, renames: { daisy: 'bellis' }, held: 3, gone: 2 });
});

test('a new picture takes nobody\'s place', () => {
  const changes: Pending['changes'] = { 'rose/1.jpg': { kind: 'add', sha256: 'mine', label: 'rose', split: null }, 'rose/2.jpg': { kind: 'add', sha256: 'another', label: 'rose', split: 'VAL' } };
  expect(Object.keys(rebase(pending({ changes }), classes, [found('rose/1.jpg', 'rose', 'TRAIN', 'theirs')]).changes)).toEqual(['rose/1-2.jpg', 'rose/2.jpg']);
});
