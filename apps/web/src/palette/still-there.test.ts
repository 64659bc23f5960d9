import { runsAmong, stillThere } from './still-there';

const pages = ['/p/demo/runs/1', '/p/demo/runs/2', '/p/demo/datasets/my%20flowers', '/p/demo/reports/r', '/p/demo/backbones/mine'].map((href) => ({ href, title: href }));
const hrefs = (present: Parameters<typeof stillThere>[1]) => stillThere(pages, present).map(({ href }) => href);

test('what was deleted is no recent page; what nobody knows of stays one', () => {
  expect(runsAmong(pages)).toEqual(['1', '2']);
  expect(hrefs({ runs: ['2'], datasets: ['my flowers'], reports: [] })).toEqual(['/p/demo/runs/2', '/p/demo/datasets/my%20flowers', '/p/demo/backbones/mine']);
  expect(hrefs({ runs: ['1', '2'], datasets: null, reports: null })).toEqual(pages.map(({ href }) => href));
});
