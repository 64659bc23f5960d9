import { parseSearch } from '@thaw/search';
import { draftOf, operatorsFor, partsOf, searchOf, subjects } from './condition';

const filterOf = (text: string) => parseSearch(text).filter!;

test.each([
  'status = FINISHED', 'status != FAILED', 'tag = best', 'tag != "two words"', 'name ~ "50 %"', 'name !~ x', 'notes = "a \\"quote\\""', 'dataset = ""', 'created >= 2025-01-31T00:00:00.000Z', 'duration > 90s',
  'val/accuracy > 0.9', 'max(val/accuracy) <= 1e-3', 'metric."odd key" exists', 'min(metric."odd key") != 2', 'config.freeze = "head"', 'config.lr >= 0.001', 'config.on = true', 'config.on = off', 'config.mode = "off"', 'config.version = "3"', 'config."a b" ~ x', 'config.freeze != "a, b"', 'deleted = true',
])('%s goes through the form and back', (text) => {
  const [part] = partsOf(filterOf(text));
  const draft = draftOf(part!);
  expect(draft).not.toBeNull();
  expect(filterOf(searchOf(draft!))).toEqual(filterOf(text));
  expect(operatorsFor(draft!.subject)).toContain(draft!.operator);
});

test.each(['a = 1 or b = 2', 'status in (FINISHED, FAILED)', 'not (a = 1 and b = 2)', 'not config.x exists'])('%s is left to the search language', (text) => {
  expect(draftOf(partsOf(filterOf(text))[0]!)).toBeNull();
});

test('every subject has a condition that makes sense', () => {
  const example: Record<string, string> = { metric: '1', config: '1', status: 'FINISHED', kind: 'MANAGED', endReason: 'ERROR', created: '2025-01-31', started: '7d ago', ended: 'today', duration: '1h30m' };
  for (const { value: subject } of subjects) {
    for (const operator of operatorsFor(subject)) expect([subject, operator, parseSearch(searchOf({ subject, key: 'k', stat: 'LAST', operator, value: example[subject] ?? 'two words' })).problems]).toEqual([subject, operator, []]);
  }
});
