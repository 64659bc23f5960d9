import { parseSettings } from './settings';

test('values are JSON scalars when they can be, else strings', () => {
  expect(parseSettings(['learningRate=1e-3', 'epochs=10', 'horizontalFlip=true', 'freeze=last_blocks', 'note=a=b', 'seed=null', 'quoted="7"', 'list=[1]', 'empty='])).toEqual({
    ok: true,
    config: { learningRate: 0.001, epochs: 10, horizontalFlip: true, freeze: 'last_blocks', note: 'a=b', seed: null, quoted: '7', list: '[1]', empty: '' },
  });
});

test('every pair without a key or a value is named', () => {
  expect(parseSettings(['epochs', '=3', 'seed=1'])).toEqual({
    ok: false,
    problems: [expect.stringContaining('"epochs" is not key=value'), expect.stringContaining('"=3" is not key=value')],
  });
});

test('a key that JavaScript knows is only a key', () => {
  const settings = parseSettings(['__proto__=1']);
  expect(settings.ok && Object.keys(settings.config)).toEqual(['__proto__']);
});
