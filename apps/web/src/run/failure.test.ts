import { splitStack } from './failure';

test('the stack is told from the message', () => {
  expect(splitStack('Error: no pictures\nin the folder\n    at load (a.js:1:2)\n    at run (b.js:3:4)\n')).toEqual({ message: 'Error: no pictures\nin the folder', stack: '    at load (a.js:1:2)\n    at run (b.js:3:4)' });
  expect(splitStack('look at this')).toEqual({ message: 'look at this', stack: '' });
});
