import fc from 'fast-check';
import { completionsAt, formatSearch, normaliseFilter, parseSearch, searchFields, searchLimits, type RunFilter } from '.';

const now = new Date('2025-06-15T12:00:00Z');
const filterOf = (text: string) => {
  const { filter, problems } = parseSearch(text, now);
  if (!filter) throw new Error(`${text}: ${JSON.stringify(problems)}`);
  return filter;
};

test.each<[string, RunFilter]>([
  ['', {}],
  ['val/accuracy > 0.9 and config.freeze = "head" and not tag:baseline', { and: [{ metric: { key: 'val/accuracy', gt: 0.9 } }, { config: { key: 'freeze', eq: 'head' } }, { not: { tag: 'baseline' } }] }],
  ['val/accuracy>=.5 STATUS:finished', { and: [{ metric: { key: 'val/accuracy', gte: 0.5 } }, { status: ['FINISHED'] }] }],
  ['a=1 or b=2 and c=3', { or: [{ metric: { key: 'a', eq: 1 } }, { and: [{ metric: { key: 'b', eq: 2 } }, { metric: { key: 'c', eq: 3 } }] }] }],
  ['(a=1 OR b=2) AND c=3', { and: [{ or: [{ metric: { key: 'a', eq: 1 } }, { metric: { key: 'b', eq: 2 } }] }, { metric: { key: 'c', eq: 3 } }] }],
  ['not (a=1 or "x")', { not: { or: [{ metric: { key: 'a', eq: 1 } }, { name: { contains: 'x' } }] } }],
  ['not not a=1', { metric: { key: 'a', eq: 1 } }],
  ['max(val/accuracy) > -1e-3', { metric: { key: 'val/accuracy', stat: 'MAX', gt: -0.001 } }],
  ['min(`odd name`) != 2', { metric: { key: 'odd name', stat: 'MIN', ne: 2 } }],
  ['last(status) < 3', { metric: { key: 'status', lt: 3 } }],
  ['metric."odd \\"name" = 3', { metric: { key: 'odd "name', eq: 3 } }],
  ['"odd name" > 3', { metric: { key: 'odd name', gt: 3 } }],
  ['metric.name = 3', { metric: { key: 'name', eq: 3 } }],
  ['loss exists', { metric: { key: 'loss', exists: true } }],
  ['loss in (1, 2)', { or: [{ metric: { key: 'loss', eq: 1 } }, { metric: { key: 'loss', eq: 2 } }] }],
  ['orange = 1 android = 2 notable = 3', { and: [{ metric: { key: 'orange', eq: 1 } }, { metric: { key: 'android', eq: 2 } }, { metric: { key: 'notable', eq: 3 } }] }],
  ['config.lr = 1e-3 params.on = true config."a b" = "3"', { and: [{ config: { key: 'lr', eq: 0.001 } }, { config: { key: 'on', eq: true } }, { config: { key: 'a b', eq: '3' } }] }],
  ['config.opt.name:ada config.n:3 config.opt ~ 4', { and: [{ config: { key: 'opt.name', contains: 'ada' } }, { config: { key: 'n', eq: 3 } }, { config: { key: 'opt', contains: '4' } }] }],
  ['config.x in (1, "1", a) config.y != b', { and: [{ config: { key: 'x', in: [1, '1', 'a'] } }, { config: { key: 'y', ne: 'b' } }] }],
  ['config.flip = on config.mixup:OFF config.mode = "on"', { and: [{ config: { key: 'flip', eq: true } }, { config: { key: 'mixup', eq: false } }, { config: { key: 'mode', eq: 'on' } }] }],
  ['not config.y exists', { not: { config: { key: 'y', exists: true } } }],
  ['status in (failed, CANCELLED) status != queued', { and: [{ status: ['FAILED', 'CANCELLED'] }, { not: { status: ['QUEUED'] } }] }],
  ['status not in (failed)', { not: { status: ['FAILED'] } }],
  ["name = 'a b' name:c name !~ d", { and: [{ name: { eq: 'a b' } }, { name: { contains: 'c' } }, { not: { name: { contains: 'd' } } }] }],
  ['notes has urgent and notes not contains "done"', { and: [{ notes: { contains: 'urgent' } }, { not: { notes: { contains: 'done' } } }] }],
  ['tag in (a, b) tag != c', { and: [{ or: [{ tag: 'a' }, { tag: 'b' }] }, { not: { tag: 'c' } }] }],
  ['kind = external dataset = flowers backbone:b trainer = t commit:abc1 parent = p id in (x, y)', { and: [{ kind: ['EXTERNAL'] }, { dataset: 'flowers' }, { backbone: 'b' }, { trainer: 't' }, { gitCommit: 'abc1' }, { parentRun: 'p' }, { ids: ['x', 'y'] }] }],
  ['dataset = "" not backbone = ""', { and: [{ dataset: '' }, { not: { backbone: '' } }] }],
  ['endReason = early_stopped', { endReason: ['EARLY_STOPPED'] }],
  ['deleted:true', { deleted: true }],
  ['created > 7d ago', { createdAt: { after: '2025-06-08T12:00:00.001Z' } }],
  ['created >= -36h', { createdAt: { after: '2025-06-14T00:00:00.000Z' } }],
  ['created = 2025-02-28', { createdAt: { after: '2025-02-28T00:00:00.000Z', before: '2025-03-01T00:00:00.000Z' } }],
  ['created > 2025-02-28', { createdAt: { after: '2025-03-01T00:00:00.000Z' } }],
  ['started <= 2025-02-28T10:00+02:00', { startedAt: { before: '2025-02-28T08:00:00.001Z' } }],
  ['ended < yesterday', { endedAt: { before: '2025-06-14T00:00:00.000Z' } }],
  ['duration > 5m duration <= 1h30m duration != 2', { and: [{ duration: { gt: 300 } }, { duration: { lte: 5400 } }, { duration: { ne: 2 } }] }],
])('%s', (text, expected) => {
  expect(filterOf(text)).toEqual(expected);
});

test.each<[string, number, number, RegExp]>([
  ['val/accuracy >', 15, 0, /ends too early: expected a value/],
  ['val/accuracy', 13, 0, /after val\/accuracy: expected an operator.*in quotes/],
  ['val/accuracy > high', 16, 4, /"high" is no number/],
  ['a = 1 and stauts = FINISHED', 11, 6, /There is no field stauts. Did you mean status\?/],
  ['status = finnished', 10, 9, /Did you mean FINISHED\? Valid: QUEUED/],
  ['status > FAILED', 8, 1, /> does not fit status. Valid: = != : in/],
  ['(a = 1', 7, 0, /expected \)/],
  ['a = 1)', 6, 1, /"\)" does not fit here/],
  ['a = 1 and', 10, 0, /ends too early/],
  ['a = "b', 5, 2, /The quote " is never closed/],
  ['a ! 3', 3, 1, /expected an operator/],
  ['created > soon', 11, 4, /no date.*7d ago/],
  ['created = 2025-02-30', 11, 10, /no date/],
  ['duration < 5 parsecs', 21, 0, /after parsecs: expected an operator/],
  ['duration < 5p', 12, 2, /no length of time/],
  ['config.lr > big', 13, 3, /compares numbers/],
  ['max(config.lr) > 1', 1, 14, /max\(…\) is for metrics/],
  ['dataset exists', 1, 7, /exists does not fit dataset/],
  ['loss ~ 3', 6, 1, /metrics are numbers/],
  ['loss > 1e999', 8, 5, /no number/],
  ['deleted = maybe', 11, 5, /true or false/],
  [`${'('.repeat(7)}a = 1${')'.repeat(7)}`, 7, 1, /nest more than 6/],
  ['x'.repeat(5000), 4001, 1000, /at most 4000/],
])('%s is wrong at column %i', (text, column, length, message) => {
  const { problems } = parseSearch(text, now);
  expect(problems).toEqual([expect.objectContaining({ column, length, message: expect.stringMatching(message) })]);
});

test('several wrong conditions are told at once', () => {
  expect(parseSearch('status = x or created > y').problems.map(({ column }) => column)).toEqual([10, 25]);
  expect(parseSearch('a in (').problems[0]!.expected).toEqual([')', 'a value']);
  expect(parseSearch(Array(201).fill('"a"').join(' ')).problems[0]!.message).toMatch('more than 200 conditions');
});

const text = fc.string({ unit: 'binary', maxLength: 12 });
const key = fc.oneof(fc.constantFrom('val/accuracy', 'status', 'config.x', 'metric.y', 'and', 'max', 'a b', 'x"`\\', '-', '7'), text.filter((each) => each !== ''));
const number = fc.double({ noNaN: true, noDefaultInfinity: true });
const scalar = fc.oneof(text, number, fc.boolean(), fc.constantFrom('true', '3'));
const date = fc.date({ noInvalidDate: true, min: new Date('0001-01-01'), max: new Date('9998-01-01') }).map((each) => each.toISOString());
const some = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) => fc.record(model, { requiredKeys: [] });
const bounds = { gt: number, gte: number, lt: number, lte: number };
const textFilter = some({ eq: text, ne: text, in: fc.array(text, { maxLength: 3 }), contains: text, exists: fc.boolean() });
const dates = some({ after: date, before: date, exists: fc.boolean() });
const choices = (name: string) => fc.subarray([...searchFields.find((field) => field.name === name)!.values!]);
const conditions = some({
  ids: fc.array(text, { maxLength: 3 }), status: choices('status'), kind: choices('kind'), endReason: choices('endReason'), name: textFilter, notes: textFilter, tag: text,
  config: fc.record({ key, ...bounds, eq: scalar, ne: scalar, in: fc.array(scalar, { maxLength: 3 }), contains: text, exists: fc.boolean() }, { requiredKeys: ['key'] }),
  metric: fc.record({ key, stat: fc.constantFrom('LAST' as const, 'MIN' as const, 'MAX' as const), ...bounds, eq: number, ne: number, exists: fc.boolean() }, { requiredKeys: ['key'] }),
  createdAt: dates, startedAt: dates, endedAt: dates, duration: some({ ...bounds, eq: number.map(Math.abs), ne: number.map(Math.abs), exists: fc.boolean() }).map(({ gt, gte, lt, lte, ...rest }) => ({ ...rest, ...Object.fromEntries(Object.entries({ gt, gte, lt, lte }).map(([name, each]) => [name, each && Math.abs(each)])) })),
  parentRun: text, dataset: text, backbone: text, trainer: text, gitCommit: text, deleted: fc.boolean(),
});
const filters: fc.Arbitrary<RunFilter> = fc.letrec<{ filter: RunFilter }>((tie) => ({
  filter: fc.oneof({ depthSize: 'small', maxDepth: 4 }, conditions as fc.Arbitrary<RunFilter>, fc.record({ and: fc.array(tie('filter'), { maxLength: 3 }) }), fc.record({ or: fc.array(tie('filter'), { maxLength: 3 }) }), fc.record({ not: tie('filter') })),
})).filter;

test('any filter, written as a search, parses to itself', () => {
  fc.assert(
    fc.property(filters, (filter) => {
      const search = formatSearch(filter);
      fc.pre(search.length <= searchLimits.length);
      expect(filterOf(search)).toEqual(normaliseFilter(filter));
    }),
    { numRuns: 200 },
  );
});

test('no text makes the parser or the completion throw or hang', () => {
  const words = fc.constantFrom('(', ')', 'and', 'or', 'not', 'a', 'max(', 'status', '=', '>', 'in', '"', '`', "'", '\\', ',', '7d', 'ago', 'config.', 'metric.', '~', '!', 'exists', ' ');
  const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.array(words, { maxLength: 60 }).map((each) => each.join(' ')), fc.array(words, { maxLength: 60 }).map((each) => each.join('')));
  fc.assert(
    fc.property(texts, fc.nat(200), (search, position) => {
      const { filter, problems } = parseSearch(search, now);
      expect(filter === null).toBe(problems.length > 0);
      for (const { column, length, message } of problems) {
        expect(column).toBeGreaterThanOrEqual(1);
        expect(column - 1 + length).toBeLessThanOrEqual(search.length);
        expect(message).not.toBe('');
      }
      const { from, to } = completionsAt(search, Math.min(position, search.length));
      expect(from).toBeLessThanOrEqual(to);
    }),
    { numRuns: 400 },
  );
  for (const hostile of ['('.repeat(4000), 'not '.repeat(1000), '"a" '.repeat(1000), 'a in (' + '1,'.repeat(1900), `${'((((((a=1 or '.repeat(1)}${'b=2 '.repeat(500)}`]) {
    expect(parseSearch(hostile).problems.length).toBeGreaterThan(0);
  }
});

const at = (marked: string) => completionsAt(marked.replace('|', ''), marked.indexOf('|'));

test('what can stand at the cursor', () => {
  expect(at('st|')).toMatchObject({ from: 0, to: 2, fields: ['status', 'started'], keys: { kinds: ['METRIC', 'PARAM'], typed: 'st' } });
  expect(at('a = 1 and config.fr|eeze')).toMatchObject({ from: 10, to: 23, keys: { kinds: ['PARAM'], typed: 'fr' }, fields: [] });
  expect(at('max(val|')).toMatchObject({ keys: { kinds: ['METRIC'], typed: 'val' }, fields: [] });
  expect(at('metric."odd n|')).toMatchObject({ from: 0, keys: { kinds: ['METRIC'], typed: 'odd n' } });
  expect(at('status |')).toMatchObject({ operators: ['=', '!=', 'in'], keys: null });
  expect(at('(status in (FAILED, F|')).toMatchObject({ values: ['FINISHED', 'FAILED'], valueOf: { type: 'field', name: 'status' } });
  expect(at('config.freeze = "he|')).toMatchObject({ typed: 'he', valueOf: { type: 'config', name: 'freeze' } });
  expect(at('tag:te|')).toMatchObject({ from: 4, to: 6, typed: 'te', valueOf: { type: 'field', name: 'tag' } });
  expect(at('a = 1 a|')).toMatchObject({ keywords: ['and'], keys: { kinds: ['METRIC', 'PARAM'], typed: 'a' } });
  expect(at('a ! |')).toMatchObject({ fields: [], operators: [], keywords: [], values: [], keys: null });
});
