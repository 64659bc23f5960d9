import { fromInput, isZip, suggestName, totalBytes } from './picked-files';

const file = (path: string, bytes = 3) => Object.assign(new File([new Uint8Array(bytes)], path.split('/').at(-1)!), { webkitRelativePath: path.includes('/') ? path : '' });

test('a folder keeps its paths and lends its name', () => {
  const picked = fromInput([file('My Flowers/train/rose/1.jpg'), file('My Flowers/val/rose/2.jpg', 5)]);
  expect(picked.files.map(({ path }) => path)).toEqual(['My Flowers/train/rose/1.jpg', 'My Flowers/val/rose/2.jpg']);
  expect(suggestName(picked)).toBe('my-flowers');
  expect(totalBytes(picked)).toBe(8);
  expect(isZip(picked)).toBe(false);
});

test('a zip is told apart and lends its name', () => {
  const picked = fromInput([file('flowers.ZIP')]);
  expect(isZip(picked)).toBe(true);
  expect(suggestName(picked)).toBe('flowers');
});

test('several tops suggest no name', () => {
  expect(suggestName(fromInput([file('rose/1.jpg'), file('tulip/1.jpg')]))).toBe('');
});
