import { endStatuses, eventsFrom, hasEnded, mayHappen, outcomesOf, statusesBefore, transitionFor } from './ask';
import { drawing, withDrawing } from './drawing';
import { firstStatus, mostLostInARow, runEvents, runKinds, runStatuses, transitions } from './machine';

const queued = { kind: 'MANAGED', status: 'QUEUED' } as const;
const running = { kind: 'MANAGED', status: 'RUNNING', lostInARow: 0 } as const;

test('every status can be reached, from every one an end can be reached, and nothing leads out of an end', () => {
  for (const kind of runKinds) {
    const next = (from: string) => transitions.filter((each) => each.kind === kind && each.from === from).map(({ to }) => to);
    const reach = (from: string, seen = new Set([from])): Set<string> => (next(from).filter((to) => !seen.has(to)).forEach((to) => reach(to, seen.add(to))), seen);
    const reached = reach(firstStatus[kind]);
    if (kind === 'MANAGED') expect([...reached].sort()).toEqual([...runStatuses].sort());
    for (const status of reached) expect([...reach(status)].some((each) => hasEnded(each as never))).toBe(true);
  }
  expect(endStatuses).toEqual(['FINISHED', 'FAILED', 'CANCELLED']);
});

test('of the transitions of one event from one status, the last is always possible or the event depends on a wish, and none is shadowed', () => {
  for (const kind of runKinds) for (const event of runEvents) for (const from of runStatuses) {
    const own = transitions.filter((each) => each.kind === kind && each.event === event && each.from === from);
    if (event === 'settle' || event === 'finish') continue;
    own.slice(0, -1).forEach(({ when }) => expect(when).toBeDefined());
    expect(new Set(own.map(({ when }) => when)).size).toBe(own.length);
  }
});

test('who loses a trainer waits again, unless something else was wished or it happened too often', () => {
  for (const event of ['expire', 'crash'] as const) {
    expect(transitionFor(running, event)?.to).toBe('QUEUED');
    expect(transitionFor({ ...running, lostInARow: mostLostInARow - 1 }, event)?.to).toBe('FAILED');
    expect(transitionFor({ ...running, lostInARow: mostLostInARow - 1, pauseRequestedAt: 'now' }, event)?.to).toBe('PAUSED');
    expect(transitionFor({ ...running, pauseRequestedAt: 'now', cancelRequestedAt: 'now' }, event)?.to).toBe('CANCELLED');
  }
  expect(transitionFor({ ...running, lostInARow: 99 }, 'release')?.to).toBe('QUEUED');
});

test('buttons: what may be asked of a run', () => {
  expect(eventsFrom('QUEUED', 'MANAGED')).toEqual(['claim', 'pause', 'cancel']);
  expect(eventsFrom('RUNNING', 'EXTERNAL')).toEqual(['cancel', 'finish']);
  expect(mayHappen(queued, 'finishEarly')).toBe(false);
  expect(mayHappen(running, 'resume')).toBe(false);
  expect(mayHappen({ ...running, pauseRequestedAt: 'now' }, 'resume')).toBe(true);
  expect(statusesBefore('pause')).toEqual(['QUEUED', 'RUNNING']);
  expect(outcomesOf('settle')).toEqual(['FINISHED', 'FAILED', 'CANCELLED']);
});

test('the drawing has an arrow for every transition, and its place in a page is found', () => {
  for (const { kind, from, to, event } of transitions) {
    const prefix = kind === 'EXTERNAL' ? 'EXTERNAL_' : '';
    expect(drawing()).toMatch(new RegExp(`^  ${prefix}${from} --> ${prefix}${to}: .*${event}`, 'm'));
  }
  const page = 'a\n<!-- The life of a run, drawn by npm run codegen -->\nold\n<!-- /drawn -->\nb\n';
  expect(withDrawing(page)).toContain(drawing());
  expect(withDrawing(withDrawing(page))).toBe(withDrawing(page));
  expect(withDrawing(page)).not.toContain('old');
  expect(() => withDrawing('nothing')).toThrow('no place for the drawing');
});
