// `npm run codegen`: schema.graphql from the type-graphql classes, the drawing of run states, then the typed documents of client and web.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { root } from './prepare.mjs';

const emitter = path.join(root, 'apps/api/src/emit-schema.ts');
const steps = [
  ...(existsSync(emitter) ? [['tsx', '--tsconfig', path.join(root, 'apps/api/tsconfig.json'), emitter, path.join(root, 'schema.graphql')]] : []),
  ['tsx', '--tsconfig', path.join(root, 'tsconfig.base.json'), path.join(root, 'libs/run-states/src/write-drawing.ts'), path.join(root, 'docs/architecture.md')],
  ['graphql-codegen', '--config', path.join(root, 'codegen.ts')],
];
for (const [bin, ...args] of steps) {
  const { status } = spawnSync(path.join(root, 'node_modules/.bin', bin), args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}
