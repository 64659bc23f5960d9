import { readFileSync } from 'node:fs';
import path from 'node:path';
import { buildSchema, type GraphQLSchema, isEnumType, isInputObjectType, isObjectType, isSpecifiedScalarType } from 'graphql';
import { createSchema, printSortedSchema } from './schema';

interface Element {
  name: string;
  description?: string | null;
  deprecationReason?: string | null;
}

/** Every type of ours with its fields, their arguments and its values, as "Run.metrics(keys)". */
function elements(schema: GraphQLSchema): Element[] {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  return Object.values(schema.getTypeMap())
    .filter((type) => !type.name.startsWith('__') && !isSpecifiedScalarType(type))
    .flatMap((type): Element[] => {
      const inside = isEnumType(type) ? type.getValues() : isObjectType(type) || isInputObjectType(type) ? Object.values(type.getFields()) : [];
      return [
        ...(roots.includes(type as never) ? [] : [type]),
        ...inside.flatMap((each): Element[] => [
          { ...each, name: `${type.name}.${each.name}` },
          ...('args' in each ? each.args.map((argument: Element) => ({ ...argument, name: `${type.name}.${each.name}(${argument.name})` })) : []),
        ]),
      ];
    });
}

const undescribed = (schema: GraphQLSchema) => elements(schema).filter(({ description }) => !description?.trim()).map(({ name }) => name);

/** As docs/api.md promises: since when, what instead, when it goes. */
const explained = /^Since \d+\.\d+: .+ Goes in \d+\.\d+\.$/s;
const unexplained = (schema: GraphQLSchema) => elements(schema).filter(({ deprecationReason }) => typeof deprecationReason === 'string' && !explained.test(deprecationReason)).map(({ name }) => name);

test('schema.graphql is what the classes say; npm run codegen writes it anew', () => {
  const committed = readFileSync(path.join(__dirname, '../../../schema.graphql'), 'utf8');
  expect(printSortedSchema(createSchema())).toBe(committed);
  expect(() => buildSchema(committed)).not.toThrow();
});

test('every type, field, argument and value says what it means, and what is deprecated says what to do', () => {
  const schema = createSchema();
  expect(elements(schema).length).toBeGreaterThan(500);
  expect(undescribed(schema)).toEqual([]);
  expect(unexplained(schema)).toEqual([]);
});

test('what is left out is named', () => {
  const schema = buildSchema(`
    type Query { "Ours." a(b: Int): Kind @deprecated(reason: "Since 0.3: use c. Goes in 0.5.") c: Kind @deprecated }
    "Kinds." enum Kind { "One." ONE TWO }
  `);
  expect(undescribed(schema)).toEqual(['Query.a(b)', 'Query.c', 'Kind.TWO']);
  expect(unexplained(schema)).toEqual(['Query.c']);
});
