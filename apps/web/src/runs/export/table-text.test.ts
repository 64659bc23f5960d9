import type { TableRunFragment } from '../../generated/graphql';
import { columnsOf } from '../table/columns';
import { bestOf, csvHead, csvRows, latexHead, latexRows, latexText } from './table-text';

const run = (name: string, loss: unknown, notes: string | null = null) => ({ name, notes, metrics: [{ key: 'val/loss', last: loss, min: loss, max: loss, lastStep: 1 }], config: { lr: 0.0062365469, augment: { flip: true } }, durationSeconds: 75 }) as unknown as TableRunFragment;
const columns = columnsOf(['name', 'min:val/loss', 'c:lr', 'c:augment', 'notes', 'duration']);
const runs = [run('a_1 & b', 0.25, 'said "no",\nthen {yes}'), run('=cmd()', 'NaN'), run('c', 0.123456789)];

test('a CSV holds what was logged', () => {
  expect(csvHead(columns) + csvRows(columns, runs)).toBe(
    'Name,val/loss (min),lr,augment,Notes,Duration\r\na_1 & b,0.25,0.0062365469,"{""flip"":true}","said ""no"",\nthen {yes}",75\r\n' +
    "'=cmd(),NaN,0.0062365469,\"{\"\"flip\"\":true}\",,75\r\nc,0.123456789,0.0062365469,\"{\"\"flip\"\":true}\",,75\r\n");
});

test.each([['a_b & 50% #1 $x {y} ~^\\', 'a\\_b \\& 50\\% \\#1 \\$x \\{y\\} \\textasciitilde{}\\textasciicircum{}\\textbackslash{}'], ['a < b > c', 'a \\textless{} b \\textgreater{} c'], ['two\n lines', 'two lines']])('%j in LaTeX is %j', (text, expected) => {
  expect(latexText(text)).toBe(expected);
});

test('a LaTeX table is set by booktabs, the best figure bold', () => {
  expect(latexHead(columns)).toBe('% \\usepackage{booktabs}\n\\begin{tabular}{lrlllr}\n\\toprule\nName & val/loss (min) & lr & augment & Notes & Duration \\\\\n\\midrule\n');
  const best = bestOf(columns, runs.slice(2), bestOf(columns, runs.slice(0, 2)));
  expect(latexRows(columns, runs, best).split('\n')).toEqual([
    'a\\_1 \\& b & 0.2500 & 0.00623655 & \\{"flip":true\\} & said "no", then \\{yes\\} & 1m 15s \\\\',
    '=cmd() & NaN & 0.00623655 & \\{"flip":true\\} & -- & 1m 15s \\\\',
    'c & \\textbf{0.1235} & 0.00623655 & \\{"flip":true\\} & -- & 1m 15s \\\\',
    '',
  ]);
});
