import { PassThrough } from 'node:stream';
import { eachLine } from './lines';

test('lines come whole, whatever they arrived in; of a progress bar the last drawing counts', async () => {
  const stream = new PassThrough();
  const lines: string[] = [];
  eachLine(stream, (text) => lines.push(text));
  for (const chunk of [Buffer.from('one\ntw'), Buffer.from('o\r\n\n 1%\r 50%\r100%\n'), Buffer.from('\x1b[31mé'.slice(0, 5)), Buffer.from([0xc3]), Buffer.from([0xa9, 0x0a]), Buffer.from('x'.repeat(70_000))]) stream.write(chunk);
  stream.end('the rest');
  await new Promise((resolve) => stream.on('end', resolve));
  expect(lines.slice(0, 4)).toEqual(['one', 'two', '', '100%']);
  expect(lines[4]).toBe('\x1b[31mé');
  expect(lines.slice(5).map((line) => line.length)).toEqual([65_536, 70_000 - 65_536 + 8]);
});
