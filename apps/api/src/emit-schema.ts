import { writeFileSync } from 'node:fs';
import { createSchema, printSortedSchema } from './schema';

const [target] = process.argv.slice(2);
if (!target) throw new Error('Say where to write the schema: tsx emit-schema.ts schema.graphql');
writeFileSync(target, printSortedSchema(createSchema()));
