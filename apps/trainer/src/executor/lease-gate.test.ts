import { now } from '../clocks';
import { Interruption } from '../claim';
import { LeaseGate } from './lease-gate';

const endsIn = (ms: number, wall = ms) => ({ monotonicMs: now().monotonicMs + ms, wallMs: now().wallMs + wall });
const never = new AbortController().signal;

test('training passes while the lease is known to be held', async () => {
  const waits: boolean[] = [];
  const gate = new LeaseGate(endsIn(60_000), (waiting) => waits.push(waiting));
  await gate.pass(never);
  expect(waits).toEqual([]);
});

test.each([['the lease is over', -1, -1], ['the machine slept', 60_000, -1], ['the clock was set back', -1, 60_000]])('it waits until it is confirmed when %s', async (_, monotonic, wall) => {
  const waits: boolean[] = [];
  const gate = new LeaseGate(endsIn(monotonic, wall), (waiting) => waits.push(waiting));
  let passed = false;
  const passing = gate.pass(never).then(() => { passed = true; });
  gate.confirm(endsIn(-1));
  await new Promise(setImmediate);
  expect({ passed, waits }).toEqual({ passed: false, waits: [true] });
  gate.confirm(endsIn(60_000));
  await passing;
  expect(waits).toEqual([true, false]);
});

test('a run that is to stop does not wait', async () => {
  const gate = new LeaseGate(endsIn(-1));
  const stopping = new AbortController();
  const passing = gate.pass(stopping.signal);
  stopping.abort(new Interruption('lease lost'));
  await expect(passing).rejects.toThrow('lease lost');
  await expect(gate.pass(stopping.signal)).rejects.toThrow('lease lost');
});

test('a batch that takes longer than the lease is still held is not begun', async () => {
  const waits: boolean[] = [];
  const gate = new LeaseGate(endsIn(60_000), (waiting) => waits.push(waiting));
  await new Promise((resolve) => setTimeout(resolve, 60));
  gate.confirm(endsIn(40));
  const passing = gate.pass(never);
  await new Promise(setImmediate);
  expect(waits).toEqual([true]);
  gate.confirm(endsIn(60_000));
  await passing;
});
