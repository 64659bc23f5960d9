import { startReceiver, type Receiver } from '@thaw/db/testing-receiver';
import type { Page } from 'playwright-core';
import { Webhook } from 'standardwebhooks';
import { violations } from '../kit/accessible';
import { chromiumPath } from '../kit/chromium';
import { Dashboard } from '../kit/dashboard';
import { screenshot } from '../kit/screenshots';
import { testWith } from '../kit/shared-data';
import { stackAndBrowser } from '../kit/stack-and-browser';
import { thaw, thawJson } from '../kit/thaw-cli';
import { until } from '../kit/until';
import { visit } from '../kit/visit';

const inBrowser = testWith({ Chromium: Boolean(chromiumPath) });

describe('alerts', () => {
  const on = stackAndBrowser(Boolean(chromiumPath), { trainers: 0 });
  let receiver: Receiver;
  let runId: string;

  const ask = async (query: string, variables: object) => {
    const { data } = await thawJson<{ data: Record<string, { run?: { id: string }; userErrors: unknown[] }> }>(on.stack.url, 'query', query, '--variables', JSON.stringify(variables));
    const [answer] = Object.values(data);
    expect(answer!.userErrors).toEqual([]);
    return answer!;
  };
  const logLoss = (batchId: string, step: number, value: number | string) =>
    ask('mutation ($input: LogMetricsInput!) { logMetrics(input: $input) { userErrors { message } } }', { input: { runId, batchId, columns: [{ key: 'val/loss', steps: [step], values: [value] }] } });
  const expectAccessible = async (page: Page) => expect(await violations(page)).toEqual([]);

  beforeAll(async () => {
    if (!chromiumPath) return;
    receiver = await startReceiver();
    runId = (await ask('mutation ($input: CreateRunInput!) { createRun(input: $input) { run { id } userErrors { message } } }', { input: { project: 'lab', name: 'by-hand' } })).run!.id;
    await logLoss('first', 1, 0.9);
  }, 120_000);
  afterAll(() => receiver?.[Symbol.asyncDispose]());

  inBrowser('a webhook and a rule made in the dashboard tell of a metric, and the log shows it', async () => {
    const { page, errors } = await Dashboard.open(on.browser, `${on.stack.url}/p/lab/alerts`);
    await page.getByText('Nobody is told yet').waitFor();
    await screenshot(page, 'alerts-empty');
    await page.getByRole('button', { name: 'Add webhook', exact: true }).click();
    const adding = page.getByRole('dialog', { name: 'Add a webhook', exact: true });
    await adding.getByLabel('Address').fill('http://169.254.169.254/latest');
    await adding.getByRole('button', { name: 'Add webhook', exact: true }).click();
    await adding.getByRole('alert').getByText('link-local').waitFor();
    await expectAccessible(page);
    await adding.getByLabel('Address').fill(`${receiver.url}/hook?token=opensesame`);
    await adding.getByLabel('Name').fill('my receiver');
    await adding.getByRole('button', { name: 'Add webhook', exact: true }).click();
    const shown = page.getByRole('dialog', { name: 'Secret of my receiver', exact: true });
    const secret = await shown.getByText(/^whsec_/).innerText();
    await screenshot(page, 'alerts-secret');
    await shown.getByRole('button', { name: 'I have it', exact: true }).click();

    await page.getByRole('button', { name: 'Test my receiver', exact: true }).click();
    await page.getByRole('list', { name: 'Webhooks', exact: true }).getByText('Delivered', { exact: true }).waitFor();
    expect(receiver.received.map((message) => (new Webhook(secret).verify(message.body, message.headers as Record<string, string>) as { type: string }).type)).toEqual(['webhook.ping']);
    expect(await page.content()).not.toContain('opensesame');

    await page.getByRole('button', { name: 'New rule', exact: true }).click();
    const making = page.getByRole('dialog', { name: 'New rule', exact: true });
    await making.getByLabel('Tell me when').selectOption({ label: 'A metric crossed a threshold' });
    await making.getByRole('button', { name: 'Add rule', exact: true }).click();
    await making.getByText('needs threshold').waitFor();
    await making.getByLabel('Metric').fill('val');
    await page.locator('#rule-key-choices option[value="val/loss"]').waitFor({ state: 'attached' });
    await making.getByLabel('Metric').fill('val/loss');
    await making.getByLabel('Threshold').fill('3');
    await screenshot(page, 'alerts-rule');
    await expectAccessible(page);
    await making.getByRole('button', { name: 'Add rule', exact: true }).click();
    await page.getByRole('list', { name: 'Rules', exact: true }).getByText('val/loss is above 3').waitFor();

    receiver.answer((response) => response.writeHead(503, { 'retry-after': '3600' }).end('busy'));
    await logLoss('second', 2, 4.5);
    const messages = page.getByRole('table', { name: 'Messages', exact: true });
    await messages.getByRole('row', { name: /Waiting by-hand val\/loss is above 3: 4.5 at step 2 my receiver 503/ }).waitFor();
    await messages.getByRole('button', { name: /Details of the message about by-hand/ }).click();
    const details = page.getByRole('dialog', { name: 'by-hand val/loss is above 3: 4.5 at step 2', exact: true });
    await details.getByText('It answered 503').waitFor();
    await screenshot(page, 'alerts-details');
    await expectAccessible(page);
    receiver.answer((response) => response.writeHead(204).end());
    await details.getByRole('button', { name: 'Send now', exact: true }).click();
    await details.getByText('Delivered', { exact: true }).waitFor();
    const told = receiver.received.slice(1);
    expect(new Set(told.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Webhook(secret).verify(told[1]!.body, told[1]!.headers as Record<string, string>)).toMatchObject({ type: 'metric.crossed', data: { run: { id: runId, url: `${on.stack.url}/p/lab/runs/${runId}` }, metric: { key: 'val/loss', value: 4.5, step: 2 } } });
    await details.getByRole('button', { name: 'Close', exact: true }).click();

    await page.getByRole('button', { name: 'Actions for rule val/loss is above 3', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Delete', exact: true }).click();
    await page.getByText('No rules yet').waitFor();
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await page.getByRole('switch', { name: 'Rule val/loss is above 3', exact: true }).click();
    await until('the rule to be off', () => page.getByRole('switch', { name: 'Rule val/loss is above 3', exact: true }).getAttribute('aria-checked'), (checked) => checked === 'false', 10_000);
    await page.getByLabel('Status', { exact: true }).selectOption({ label: 'Not delivered' });
    await page.getByText('No message matches.').waitFor();
    expect(errors).toEqual([]);
  }, 120_000);

  inBrowser('the page and the run show it in light, in dark and on a phone', async () => {
    for (const scheme of ['light', 'dark'] as const) {
      const { page, errors } = await Dashboard.open(on.browser, `${on.stack.url}/p/lab/alerts`, scheme);
      await page.getByRole('table', { name: 'Messages', exact: true }).waitFor();
      await screenshot(page, `alerts-${scheme}`);
      await expectAccessible(page);
      await page.setViewportSize({ width: 390, height: 844 });
      expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
      await screenshot(page, `alerts-phone-${scheme}`);
      await page.setViewportSize({ width: 1440, height: 900 });
      await visit(page, `${on.stack.url}/p/lab/runs/${runId}`);
      await page.getByRole('list', { name: 'Alerts', exact: true }).getByText('val/loss is above 3: 4.5 at step 2').waitFor();
      await screenshot(page, `alerts-run-${scheme}`);
      await expectAccessible(page);
      expect(errors).toEqual([]);
      await page.context().close();
    }
  }, 120_000);

  inBrowser('the command line lists rules and messages, and tests a webhook', async () => {
    const listed = await thaw(on.stack.url, 'alerts', '--project', 'lab');
    expect(listed.stdout).toMatch(/val\/loss is above 3 +val\/loss above 3 +off +my receiver/);
    expect(listed.stdout).not.toContain('opensesame');
    expect((await thaw(on.stack.url, 'alerts', 'test', 'my receiver', '--project', 'lab')).stdout).toMatch(/^delivered: 204 after \d+ ms/);
    receiver.answer((response) => response.writeHead(500).end());
    const failed = await thaw(on.stack.url, 'alerts', 'test', 'my receiver', '--project', 'lab');
    expect([failed.code, failed.stderr]).toEqual([1, expect.stringContaining('It answered 500')]);
    const deliveries = await thawJson<{ id: string; status: string; alert: { text: string } | null }[]>(on.stack.url, 'alerts', 'deliveries', '--project', 'lab');
    expect(deliveries.map(({ status, alert }) => `${status} ${alert?.text ?? 'test'}`)).toEqual(['DEAD test', 'DELIVERED test', 'DELIVERED val/loss is above 3: 4.5 at step 2', 'DELIVERED test']);
    const before = receiver.received.length;
    expect((await thaw(on.stack.url, 'alerts', 'resend', deliveries[2]!.id)).stdout).toContain('by-hand val/loss is above 3');
    await until('the message', async () => receiver.received.length, (count) => count > before, 10_000);
    expect((await thaw(on.stack.url, 'alerts', 'test', 'another')).stderr).toContain('Project "default" has no webhook "another"');
  }, 60_000);
});
