import { classesAfter, countChanges, move, noChanges, type Pending, problemsOf, remove, type Shown, toInput, undo } from './pending';

const rose: Shown = { path: 'train/rose/1.jpg', label: 'rose', split: 'TRAIN', url: '/pictures/1' };
const tulip: Shown = { path: 'val/tulip/2.jpg', label: 'tulip', split: 'VAL', url: '/pictures/2' };
const classes = [{ name: 'rose', trainCount: 2, valCount: 1 }, { name: 'tulip', trainCount: 3, valCount: 1 }];
const pending = (part: Partial<Pending>): Pending => ({ ...noChanges, base: 1, latest: 1, ...part });

test('a picture that comes back to where it was is not changed', () => {
  const moved = move({}, [rose, tulip], { label: 'tulip' });
  expect(moved).toEqual({ [rose.path]: { kind: 'move', was: rose, label: 'tulip', split: 'TRAIN' } });
  const further = move(moved, [rose], { split: 'VAL' });
  expect(further[rose.path]).toMatchObject({ label: 'tulip', split: 'VAL' });
  expect(move(further, [rose], { label: 'rose', split: 'TRAIN' })).toEqual({});
});

test('a removal takes the place of a move, and is undone alone', () => {
  const changes = remove(move({}, [rose], { label: 'tulip' }), [rose, tulip]);
  expect(Object.values(changes).map(({ kind }) => kind)).toEqual(['remove', 'remove']);
  expect(Object.keys(undo(changes, rose.path))).toEqual([tulip.path]);
  expect(countChanges(pending({ changes, renames: { rose: 'rosa' } }))).toBe(3);
});

test('classes are counted as they would be, new names and additions included', () => {
  const changes = { ...remove(move({}, [rose], { label: 'daisy' }), [tulip]), 'tulip/new.jpg': { kind: 'add' as const, sha256: 'f', label: 'tulip', split: null } };
  const after = classesAfter(classes, pending({ changes, renames: { tulip: 'tulipa' } }));
  expect(after).toEqual([{ name: 'daisy', trainCount: 1, valCount: 0 }, { name: 'rose', trainCount: 1, valCount: 1 }, { name: 'tulipa', trainCount: 4, valCount: 0 }]);
  expect(problemsOf(after)).toEqual([]);
  expect(problemsOf([{ name: 'a', trainCount: 0, valCount: 2 }, { name: 'b', trainCount: 1, valCount: 0 }])[0]).toMatch(/^a would have 2 validation and no training pictures/);
  expect(problemsOf([{ name: 'a', trainCount: 4, valCount: 2 }])[0]).toMatch(/Only the class a/);
});

test('what is sent names every change once, and classes only when something goes into them', () => {
  const changes = { ...move(remove({}, [tulip]), [rose], { label: 'daisy' }), 'rose/new.jpg': { kind: 'add' as const, sha256: 'f', label: 'rose', split: 'VAL' as const } };
  expect(toInput('flowers', 'default', pending({ changes, newClasses: ['daisy', 'unused'], renames: { tulip: 'tulipa' } }), [{ path: tulip.path, label: 'tulip' }, { path: 'train/tulip/3.jpg', label: 'tulip' }])).toEqual({
    dataset: 'flowers', project: 'default', baseVersion: 1, onlyOnto: 1,
    files: [{ path: 'rose/new.jpg', sha256: 'f' }], remove: [tulip.path],
    relabel: [{ path: 'train/tulip/3.jpg', label: 'tulipa' }, { path: rose.path, label: 'daisy', split: 'TRAIN' }, { path: 'rose/new.jpg', label: 'rose', split: 'VAL' }],
    newClasses: ['daisy', 'tulipa'],
  });
});
