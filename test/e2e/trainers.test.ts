import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { chromiumPath } from '../kit/chromium';
import { Dashboard } from '../kit/dashboard';
import { screenshot } from '../kit/screenshots';
import { testWith } from '../kit/shared-data';
import { stackAndBrowser } from '../kit/stack-and-browser';
import { until } from '../kit/until';
import { visit } from '../kit/visit';

const inBrowser = testWith({ Chromium: Boolean(chromiumPath) });

/** Long enough to be paused, watched and cancelled; nothing waits for its end. */
const endless = { freeze: 'full', epochs: 1000, earlyStopping: false };

/** What a person sees of the queue and of what a run prints, on a real trainer. */
describe('trainers and the queue', () => {
  const on = stackAndBrowser(Boolean(chromiumPath), { env: { THAW_BACKEND: 'wasm', THAW_TRAINER_NAME: 'box' } });

  const query = async <Answer>(text: string, variables: object) => {
    const response = await fetch(`${on.stack.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query: text, variables }) });
    const { data, errors } = (await response.json()) as { data: Answer; errors?: unknown };
    expect(errors).toBeUndefined();
    return data;
  };
  const launch = async (name: string, input: object) => {
    const { launchRun } = await query<{ launchRun: { run: { id: string }; userErrors: unknown[] } }>('mutation ($input: LaunchRunInput!) { launchRun(input: $input) { run { id } userErrors { message } } }', { input: { project: 'demo', dataset: 'digits-5-9', backbone: 'digits', name, ...input } });
    expect(launchRun.userErrors).toEqual([]);
    return launchRun.run.id;
  };
  const openRun = async (id: string, tab = 'overview') => Dashboard.open(on.browser, `${on.stack.url}/p/demo/runs/${id}?tab=${tab}`);
  const expectAccessible = async (page: Page) => expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]!.html}`)).toEqual([]);
  const epochsPrinted = async (page: Page) => [...(await page.getByRole('log').innerText()).matchAll(/^epoch (\d+)\/1000/gm)].map(([, epoch]) => Number(epoch));


  inBrowser('a run is watched, paused and resumed from its page, and its log goes on where it was', async () => {
    const id = await launch('watched', { config: endless });
    const { page, errors } = await openRun(id, 'log');
    await page.getByText(/^epoch 3\/1000/).waitFor();
    await page.getByText('Following the end').waitFor();

    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    await page.getByText(/^Paused\. When it is resumed, it goes on (?:in|after) epoch \d+/).waitFor();
    await page.getByRole('tab', { name: 'Details', exact: true }).click();
    await page.getByRole('table', { name: 'History', exact: true }).getByRole('row', { name: /1 1 box .* paused/ }).waitFor();
    await page.getByRole('table', { name: 'Checkpoints', exact: true }).getByText(/the latest state/).waitFor();
    await page.getByText(/npm run -s thaw -- launch .*--set epochs=1000/).waitFor();
    await expectAccessible(page);
    await screenshot(page, 'run-details');

    await page.getByRole('tab', { name: 'Console log', exact: true }).click();
    const before = Math.max(...(await epochsPrinted(page)));
    await page.getByRole('button', { name: 'Resume', exact: true }).click();
    await page.getByText(/Attempt 1, continued on trainer box/).waitFor();
    await page.getByText(new RegExp(`^epoch ${before + 3}/1000`)).waitFor();
    const printed = await epochsPrinted(page);
    expect(printed).toEqual([...new Set(printed)].sort((a, b) => a - b));
    await expectAccessible(page);
    await screenshot(page, 'console-log');

    await page.getByRole('button', { name: 'Cancel run', exact: true }).click();
    const asked = page.getByRole('dialog', { name: 'Cancel watched?', exact: true });
    await asked.getByRole('button', { name: 'Cancel run', exact: true }).click();
    await page.getByText('Cancelled', { exact: true }).waitFor();
    expect(errors).toEqual([]);
  }, 180_000);

  inBrowser('a log of any length is searched and followed; a lost connection costs and doubles no line', async () => {
    const { createRun } = await query<{ createRun: { run: { id: string } } }>('mutation ($input: CreateRunInput!) { createRun(input: $input) { run { id } } }', { input: { project: 'demo', name: 'prints-a-lot', metrics: [{ key: 'system/cpu', steps: [0, 5], values: [40, 60] }, { key: 'time/step', steps: [1], values: [3] }] } });
    const { id } = createRun.run;
    let printed = 0;
    const print = async (count: number) => {
      const lines = Array.from({ length: count }, (_, index) => ({ line: printed + index, stream: (printed + index) % 1000 === 7 ? 'STDERR' : 'STDOUT', text: (printed + index) % 1000 === 7 ? `\u001b[31mloss is NaN\u001b[0m <b>at</b> ${printed + index}` : `line ${printed + index}.` }));
      printed += count;
      for (let start = 0; start < count; start += 2000) await query('mutation ($input: AppendLogInput!) { appendLog(input: $input) { accepted } }', { input: { runId: id, lines: lines.slice(start, start + 2000) } });
    };
    await print(6000);
    const { page, errors } = await openRun(id, 'log');
    const log = page.getByRole('log');
    const last = () => log.getByText(`line ${printed - 1}.`, { exact: true }).waitFor();
    await last();

    const search = page.getByLabel('Search the log');
    await search.fill('nan');
    await page.getByText('6 of 6', { exact: true }).waitFor();
    for (let at = 5; at >= 1; at--) {
      await search.press('Shift+Enter');
      await page.getByText(`${at} of 6`, { exact: true }).waitFor();
    }
    await log.getByText('<b>at</b> 7').waitFor();
    expect(await log.locator('mark').first().innerText()).toBe('NaN');
    await page.getByRole('button', { name: 'Clear the search', exact: true }).click();

    await page.getByRole('button', { name: /Jump to the end/ }).click();
    await last();
    await page.context().setOffline(true);
    await print(30);
    // The API is killed, and comes back: the socket breaks for good.
    const killed = on.stack.pids().api!;
    process.kill(killed, 'SIGKILL');
    await page.getByText(/Reconnecting|You are offline/).waitFor();
    await page.context().setOffline(false);
    await until('the API to be back', async () => on.stack.pids().api !== killed && (await fetch(`${on.stack.url}/healthz`).then(({ ok }) => ok, () => false)), Boolean);
    await last();
    await print(2);
    await last();
    const shown = [...(await log.innerText()).matchAll(/^(?:line|.*<\/b>) (\d+)/gm)].map(([, line]) => Number(line));
    expect(shown).toEqual(Array.from({ length: shown.length }, (_, index) => printed - shown.length + index));

    await page.getByRole('tab', { name: 'Machine', exact: true }).click();
    await page.getByRole('img', { name: /Chart of CPU\. .*60\.0 % after 5s/ }).waitFor();
    await page.getByRole('img', { name: /Chart of time per epoch\. training steps 3\.00 s in epoch 1/ }).waitFor();
    await expectAccessible(page);
    expect(errors.filter((error) => !/fetch|network/i.test(error))).toEqual([]);
  }, 180_000);

  inBrowser('the trainers page says why a run waits, and a drained trainer takes none until it is resumed', async () => {
    await launch('needs-gpu', { config: { epochs: 1 }, constraints: { labels: ['gpu'] } });
    const { page, errors } = await Dashboard.open(on.browser, `${on.stack.url}/p/demo/trainers`);
    const box = page.getByRole('article', { name: 'box', exact: true });
    const queue = page.getByRole('table', { name: 'Queue', exact: true });
    await queue.getByRole('row', { name: /needs-gpu.*No trainer has the label gpu/ }).waitFor();

    await box.getByRole('button', { name: 'Drain', exact: true }).click();
    await box.getByText('Draining').waitFor();
    await launch('held', { config: { epochs: 1 } });
    await queue.getByRole('row', { name: /held.*draining/ }).waitFor();
    await expectAccessible(page);
    await screenshot(page, 'trainers');
    await box.getByRole('button', { name: 'Resume', exact: true }).click();
    await queue.getByRole('row', { name: /held/ }).waitFor({ state: 'detached' });

    await queue.getByRole('button', { name: /change where needs-gpu runs/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Where needs-gpu runs', exact: true });
    await dialog.getByText('No trainer has gpu.').waitFor();
    await dialog.getByLabel('Labels', { exact: true }).fill('wasm');
    await dialog.getByText('No trainer has gpu.').waitFor({ state: 'detached' });
    await dialog.getByRole('button', { name: 'Save', exact: true }).click();
    await box.getByText('History').click();
    await box.getByRole('row', { name: /needs-gpu 1 .* ended/ }).waitFor();

    await visit(page, `${on.stack.url}/p/demo/runs/new`);
    await page.getByRole('heading', { name: 'Where it runs', exact: true }).click();
    await page.getByLabel('Memory (GiB)').fill('9000');
    await page.getByText('No trainer has 9000 GiB of memory.').waitFor();
    await expectAccessible(page);
    expect(errors).toEqual([]);
  }, 180_000);
});
