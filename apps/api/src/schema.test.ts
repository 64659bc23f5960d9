import { readFileSync } from 'node:fs';
import path from 'node:path';
import { buildSchema } from 'graphql';
import { createSchema, printSortedSchema } from './schema';

test('schema.graphql is what the classes say; npm run codegen writes it anew', () => {
  const committed = readFileSync(path.join(__dirname, '../../../schema.graphql'), 'utf8');
  expect(printSortedSchema(createSchema())).toBe(committed);
  expect(() => buildSchema(committed)).not.toThrow();
});
