import { readFileSync, writeFileSync } from 'node:fs';
import { withDrawing } from './drawing';

const [target] = process.argv.slice(2);
if (!target) throw new Error('Say which page has the drawing: tsx write-drawing.ts docs/architecture.md');
writeFileSync(target, withDrawing(readFileSync(target, 'utf8')));
