import { isLoopback, startCommand } from './start-command';

test('only what was chosen is in the command, quoted for a shell', () => {
  expect(startCommand({ name: '', labels: '', url: null })).toBe('npm run trainer');
  expect(startCommand({ name: "Eva's box", labels: 'fast, big', url: 'http://10.0.0.5:4000' })).toBe("THAW_URL=http://10.0.0.5:4000 THAW_TRAINER_NAME='Eva'\\''s box' THAW_TRAINER_LABELS=fast,big npm run trainer");
  expect(['http://127.0.0.1:4000', 'http://localhost', 'https://thaw.example'].map(isLoopback)).toEqual([true, true, false]);
});
