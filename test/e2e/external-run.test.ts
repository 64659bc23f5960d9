import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { chromiumPath } from '../kit/chromium';
import { Dashboard } from '../kit/dashboard';
import { screenshot } from '../kit/screenshots';
import { testWith } from '../kit/shared-data';
import { stackAndBrowser } from '../kit/stack-and-browser';
import { thaw, thawJson } from '../kit/thaw-cli';
import { until } from '../kit/until';
import { visit } from '../kit/visit';

const inBrowser = testWith({ Chromium: Boolean(chromiumPath) });
const steps = Array.from({ length: 100 }, (_, index) => index + 1);

describe('a run that a script logged', () => {
  const on = stackAndBrowser(Boolean(chromiumPath), { env: { THAW_BACKEND: 'wasm' } });
  let runId: string;

  const ask = async (query: string, variables: object) => {
    const { data } = await thawJson<{ data: Record<string, { run?: { id: string }; userErrors: unknown[] }> }>(on.stack.url, 'query', query, '--variables', JSON.stringify(variables));
    const [answer] = Object.values(data);
    expect(answer!.userErrors).toEqual([]);
    return answer!;
  };
  const log = async (name: string, kind: string, content: string) => {
    const response = await fetch(`${on.stack.url}/blobs`, { method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: content });
    const { sha256 } = (await response.json()) as { sha256: string };
    await ask('mutation ($input: LogArtifactInput!) { logArtifact(input: $input) { userErrors { message } } }', { input: { runId, name, kind, files: [{ path: name, sha256 }] } });
  };

  beforeAll(async () => {
    if (!chromiumPath) return;
    const made = await ask('mutation ($input: CreateRunInput!) { createRun(input: $input) { run { id } userErrors { message } } }', {
      input: {
        project: 'scripts', name: 'by-hand', config: { optimizer: { name: 'adam' }, freeze: { first: 3 }, epochs: [1, 2] },
        metrics: [{ key: 'train/loss', steps, values: steps.map((step) => 2 / step) }, { key: 'grad_norm', steps, values: steps.map(Math.sin) }],
      },
    });
    runId = made.run!.id;
    await log('drawing', 'IMAGE', '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20" fill="teal"/></svg>');
    await log('predictions', 'TABLE', JSON.stringify({ columns: ['picture', 'right'], rows: [['a.png', true]] }));
    await log('confusion', 'CONFUSION_MATRIX', JSON.stringify({ classes: ['cat', 'dog'], matrix: [[8, 2], [1, 9]] }));
    await log('summary', 'TEXT', 'conv1 <b>(32)</b>');
    await ask('mutation ($input: FinishRunInput!) { finishRun(input: $input) { run { id } userErrors { message } } }', { input: { id: runId } });
  }, 120_000);

  inBrowser('its page shows curves, config and artifacts, and no way to clone it', async () => {
    const { page, errors } = await Dashboard.open(on.browser, `${on.stack.url}/p/scripts/runs/${runId}`);
    await page.getByRole('img', { name: /Chart of grad_norm/ }).waitFor();
    await page.getByRole('rowheader', { name: 'optimizer.name', exact: true }).waitFor();
    await page.getByRole('table', { name: 'predictions', exact: true }).getByRole('cell', { name: 'a.png', exact: true }).waitFor();
    await page.getByRole('table', { name: 'confusion', exact: true }).getByRole('cell', { name: '9', exact: true }).waitFor();
    await page.getByText('conv1 <b>(32)</b>').waitFor();
    const drawing = page.getByRole('img', { name: 'drawing', exact: true });
    await drawing.scrollIntoViewIfNeeded();
    await page.waitForFunction((picture) => (picture as unknown as { naturalWidth: number }).naturalWidth === 40, await drawing.elementHandle());
    expect(await page.getByRole('link', { name: 'Clone', exact: true }).count()).toBe(0);
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await screenshot(page, 'external-run');
    expect(errors).toEqual([]);
  }, 120_000);

  inBrowser('the list and a comparison show it', async () => {
    const { page, errors } = await Dashboard.open(on.browser, `${on.stack.url}/p/scripts/runs`);
    await page.getByRole('row', { name: /by-hand external Finished/ }).waitFor();
    await visit(page, `${on.stack.url}/p/scripts/compare?tab=configuration&runs=${runId}`);
    await page.getByRole('table', { name: 'Results', exact: true }).getByText('by-hand').waitFor();
    expect(errors).toEqual([]);
  }, 120_000);

  inBrowser('thaw lists it, and says that there is no model to export', async () => {
    expect(await thawJson(on.stack.url, 'runs')).toMatchObject([{ id: runId, kind: 'EXTERNAL', dataset: null, backbone: null }]);
    const { code, stderr } = await thaw(on.stack.url, 'export', runId, path.join(on.home, 'exported'));
    expect(code).not.toBe(0);
    expect(stderr).toContain('logged by a script');
  }, 60_000);

  inBrowser('keys walk a table longer than what was read of it', async () => {
    for (let index = 1; index <= 400; index++) {
      const query = `mutation { createRun(input: { project: "many", name: "run-${index}" }) { userErrors { message } } }`;
      const response = await fetch(`${on.stack.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query }) });
      expect(await response.json()).toEqual({ data: { createRun: { userErrors: [] } } });
    }
    const { page, errors } = await Dashboard.open(on.browser, `${on.stack.url}/p/many/runs`);
    await page.getByRole('link', { name: 'run-400', exact: true }).focus();
    for (const [key, name] of [['ArrowDown', 'run-399'], ['End', 'run-1'], ['k', 'run-2'], ['Home', 'run-400']] as const) {
      await page.keyboard.press(key);
      await until(`the focus on ${name}`, () => page.locator(':focus').innerText(), (text) => text === name);
    }
    expect(errors).toEqual([]);
  }, 120_000);
});
