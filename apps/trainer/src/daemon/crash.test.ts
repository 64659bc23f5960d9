import { crashOf, describeCrash, oomKills } from './crash';

test('an executor that was killed is told from one that ran out of memory', () => {
  const killed = crashOf({ signal: 'SIGKILL', exitCode: null, lastLines: [] }, oomKills());
  expect(killed).toEqual({ signal: 'SIGKILL', exitCode: null, outOfMemory: false, message: null });
  expect(describeCrash(killed)).toBe('The process that trained the run was ended by SIGKILL.');
  // As if the kernel had counted one since.
  expect(crashOf({ signal: 'SIGKILL', exitCode: null, lastLines: [] }, oomKills() - 1).outOfMemory).toBe(true);
  const lastLines = ['FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory', '----- Native stack trace -----'];
  expect(crashOf({ signal: 'SIGABRT', exitCode: null, lastLines }, oomKills())).toMatchObject({ outOfMemory: true, message: lastLines.join('\n') });
  expect(describeCrash({ signal: null, exitCode: 3, outOfMemory: false, message: null })).toBe('The process that trained the run ended with exit code 3.');
});
