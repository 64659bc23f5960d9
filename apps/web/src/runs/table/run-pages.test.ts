import type { TableRunFragment } from '../../generated/graphql';
import { pageSize, RunPages, type ReadPage } from './run-pages';

const rows = (from: number, count: number, of = 'run') => Array.from({ length: count }, (_, n) => ({ id: `${from + n}`, name: `${of} ${from + n}` }) as TableRunFragment);
const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

function listOf(total: number, of = 'run') {
  const asked: string[] = [];
  const read: ReadPage = (offset, first, count) => {
    asked.push(`${offset}${count ? ' counted' : ''}`);
    return Promise.resolve({ rows: rows(offset, Math.min(first, Math.max(0, total - offset)), of), total: count ? total : null });
  };
  return { asked, read };
}

test('pages are read once, when they come into sight, and counted once', async () => {
  const { asked, read } = listOf(1000);
  const pages = new RunPages(read, () => undefined);
  pages.ensure(0, 30);
  pages.ensure(0, 30);
  await settle();
  pages.ensure(620, 660);
  await settle();
  expect(asked).toEqual(['0 counted', '600', '650']);
  expect([pages.total, pages.at(0)?.name, pages.at(649)?.name, pages.at(700)]).toEqual([1000, 'run 0', 'run 649', undefined]);
  expect(pages.between(700, 701)).toEqual([]);
  expect(pages.between(49, 51).map(({ name }) => name)).toEqual(['run 49']);
});

test('a seed is not read again; nothing is asked beyond the end', async () => {
  const { asked, read } = listOf(60);
  const pages = new RunPages(read, () => undefined, { rows: rows(0, 60), total: 60 });
  pages.ensure(0, 200);
  await settle();
  expect(asked).toEqual([]);
  expect(pages.at(pageSize + 9)?.name).toBe('run 59');
});

test('a refresh shows what was until it has what is; older answers are dropped', async () => {
  let answer: (page: { rows: TableRunFragment[]; total: number }) => void = () => undefined;
  const slow = new Promise<{ rows: TableRunFragment[]; total: number }>((resolve) => (answer = resolve));
  const pages = new RunPages(() => slow, () => undefined, { rows: rows(0, 3), total: 3 });
  const old = pages.refresh(0, 2);
  expect(pages.at(0)?.name).toBe('run 0');
  await pages.refresh(0, 2, listOf(2, 'new').read);
  answer({ rows: rows(0, 3, 'late'), total: 3 });
  await old;
  expect([pages.at(0)?.name, pages.total]).toEqual(['new 0', 2]);
});

test('a failure is told and tried again', async () => {
  let fails = true;
  const pages = new RunPages((offset, first, count) => (fails ? Promise.reject(new Error('away')) : listOf(5).read(offset, first, count)), () => undefined);
  pages.ensure(0, 10);
  await settle();
  expect(pages.error?.message).toBe('away');
  fails = false;
  pages.ensure(0, 10);
  await settle();
  expect([pages.error, pages.total]).toEqual([null, 5]);
});

test('newer facts take the place of older ones', () => {
  const pages = new RunPages(listOf(3).read, () => undefined, { rows: rows(0, 3), total: 3 });
  pages.patch(rows(1, 1, 'changed'));
  expect(pages.held().map(({ name }) => name)).toEqual(['run 0', 'changed 1', 'run 2']);
});
