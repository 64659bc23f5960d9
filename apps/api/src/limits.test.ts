import { getIntrospectionQuery, parse, type OperationDefinitionNode } from 'graphql';
import { checkLimits } from './limits';

function check(query: string, variables?: Record<string, unknown>) {
  const document = parse(query);
  return checkLimits(document, document.definitions[0] as OperationDefinitionNode, variables)?.extensions.limit ?? null;
}

const nested = (levels: number): string => (levels === 0 ? 'id' : `a { ${nested(levels - 1)} }`);

test('what people ask stays well inside', () => {
  expect(check('{ runs(first: 1000) { nodes { id name status metrics { key last min max } dataset { dataset { name } } } } }')).toBeNull();
  expect(check(getIntrospectionQuery())).toBeNull();
});

test('depth, aliases and root fields are counted through fragments', () => {
  expect(check(`{ ${nested(11)} }`)).toBeNull();
  expect(check(`{ ${nested(12)} }`)).toBe('depth');
  expect(check(`{ a { ...f } } fragment f on A { ${nested(11)} }`)).toBe('depth');
  const aliases = Array.from({ length: 10 }, (_, index) => `a${index}: b`).join(' ');
  expect(check(`{ x { ${'...f '.repeat(6)} } } fragment f on A { ${aliases} }`)).toBeNull();
  expect(check(`{ x { ${'...f '.repeat(7)} } } fragment f on A { ${aliases} }`)).toBe('aliases');
  expect(check(`{ ...f ...f ...f } fragment f on Query { ${'b '.repeat(7)} }`)).toBe('rootFields');
});

test('cost multiplies pages within pages, with literals, variables, defaults and none', () => {
  const query = (outer: string, inner: string) => `{ runs(first: ${outer}) { nodes { pictures(first: ${inner}) { nodes { id } } } } }`;
  expect(check(query('10', '100'))).toBeNull();
  expect(check(query('1000', '1000'))).toBe('cost');
  expect(check(`query ($n: Int) ${query('$n', '$n')}`, { n: 1000 })).toBe('cost');
  expect(check(`query ($n: Int = 1000) ${query('$n', '$n')}`)).toBe('cost');
  expect(check('{ runs { nodes { pictures { nodes { pictures { nodes { id } } } } } } }')).toBe('cost');
});

test('a fragment counts as a page only when it holds one', () => {
  const fields = Array.from({ length: 30 }, (_, index) => `f${index}`).join(' ');
  const runs = (fragment: string) => `query ($n: Int) { runs(first: $n) { nodes { ...f } } } fragment f on Run { ${fragment} }`;
  expect(check(runs(fields), { n: 1 })).toBeNull();
  expect(check(runs(fields), { n: 1000 })).toBeNull();
  expect(check(runs(`pictures { nodes { ${fields} } }`), { n: 100 })).toBe('cost');
  expect(check('{ runs { ...f } } fragment f on RunConnection { nodes { pictures(first: 1000) { nodes { a b c } } } }')).toBe('cost');
});

test('fragments that spread fragments cost no time to count', () => {
  const fragments = Array.from({ length: 60 }, (_, index) => `fragment f${index} on A { ${index < 59 ? `...f${index + 1} ...f${index + 1}` : 'id'} }`);
  expect(check(`{ x { ...f0 } } ${fragments.join('\n')}`)).toBe('cost');
});

test('values nest to a limit, in the document and in variables', () => {
  const list = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
  expect(check(`{ a(b: ${list(50)}) }`)).toBeNull();
  expect(check(`{ a { ...f } } fragment f on A { a(b: { c: ${list(50)} }) }`)).toBe('inputDepth');
  expect(check('query ($v: JSON) { a(b: $v) }', { v: JSON.parse(list(50)) })).toBeNull();
  expect(check('query ($v: JSON) { a(b: $v) }', { v: { w: JSON.parse(list(50)) } })).toBe('inputDepth');
});

test('what @skip and @include leave out counts too: a variable could bring it back', () => {
  expect(check(`query ($no: Boolean!) { a @include(if: $no) { ${nested(12)} } }`, { no: false })).toBe('depth');
  expect(check(`{ ${Array.from({ length: 21 }, () => 'b @skip(if: true)').join(' ')} }`)).toBe('rootFields');
});
