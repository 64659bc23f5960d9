import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { violations, wideElements } from '../kit/accessible';
import { chromiumPath } from '../kit/chromium';
import { Dashboard } from '../kit/dashboard';
import { root, testWith } from '../kit/shared-data';
import { stackAndBrowser } from '../kit/stack-and-browser';
import { thawJson } from '../kit/thaw-cli';
import { until } from '../kit/until';

const inBrowser = testWith({ Chromium: Boolean(chromiumPath) });

/** Ids that addresses need. */
interface Seeded { runs: string[]; report: { id: string; sharePath: string } }

interface Visit {
  path: (seeded: Seeded) => string;
  /** Buttons that open a dialog, which is looked at, too. */
  dialogs?: string[];
  /** Behind the first one. */
  tabs?: string[];
}

/** Where each route of the dashboard is looked at. A new page needs an entry here. */
const visits: Record<string, Visit[]> = {
  '/': [],
  '/p/[project]': [],
  '/p/[project]/runs': [{ path: () => '/p/demo/runs', dialogs: ['Go to …', 'Keyboard shortcuts', 'Settings'] }, { path: () => '/p/default/runs' }],
  '/p/[project]/runs/new': [{ path: () => '/p/demo/runs/new' }, { path: ({ runs }) => `/p/demo/runs/new?clone=${runs[0]}` }],
  '/p/[project]/runs/[id]': [{ path: ({ runs }) => `/p/demo/runs/${runs[0]}`, tabs: ['Evaluation', 'Lineage', 'Console log', 'Machine', 'Details'] }],
  '/p/[project]/runs/[id]/try': [{ path: ({ runs }) => `/p/demo/runs/${runs[0]}/try` }],
  '/p/[project]/compare': [{ path: ({ runs }) => `/p/demo/compare?runs=${runs.join(',')}`, tabs: ['Results and configuration', 'Parameters', 'Pictures'] }, { path: () => '/p/default/compare' }],
  '/p/[project]/datasets': [{ path: () => '/p/demo/datasets', dialogs: ['Import dataset'] }],
  '/p/[project]/datasets/[name]': [{ path: () => '/p/demo/datasets/digits-5-9' }],
  '/p/[project]/backbones': [{ path: () => '/p/demo/backbones', dialogs: ['Import backbone'] }],
  '/p/[project]/trainers': [{ path: () => '/p/demo/trainers' }],
  '/p/[project]/alerts': [{ path: () => '/p/demo/alerts', dialogs: ['New rule', 'Add webhook'] }],
  '/p/[project]/reports': [{ path: () => '/p/demo/reports' }],
  '/p/[project]/reports/[id]': [{ path: ({ report }) => `/p/demo/reports/${report.id}` }],
  '/r/[token]': [{ path: ({ report }) => report.sharePath }],
};

const app = path.join(root, 'apps/web/src/app');
const routes = readdirSync(app, { recursive: true, encoding: 'utf8' }).filter((file) => path.basename(file) === 'page.tsx').map((file) => `/${path.dirname(file)}`.replace(/\/\.$/, '/'));

test('every page is looked at', () => {
  expect(Object.keys(visits).sort()).toEqual(routes.sort());
});

/** WCAG 2.2 AA as far as a machine can tell, on the pages as people find them. */
describe('every page', () => {
  const on = stackAndBrowser(Boolean(chromiumPath), { env: { THAW_BACKEND: 'wasm' } });
  let seeded: Seeded;

  beforeAll(async () => {
    if (!chromiumPath) return;
    seeded = { runs: await trainTwo(on.stack.url), report: await shareReport(on.stack.url) };
  }, 120_000);

  inBrowser('has no accessibility violation and no sideways scroll, in light, in dark and on a phone', async () => {
    const all = Object.values(visits).flat();
    const found: object[] = [];
    /** By address: two addresses with one title are told apart by nobody who has many tabs. */
    const titles = new Map<string, string>();
    /** Two at a time: one waits for the server while the other is looked at. */
    const next = async (): Promise<void> => {
      for (let visit = all.shift(); visit; visit = all.shift()) {
        const where = visit.path(seeded);
        const { page, errors } = await Dashboard.open(on.browser, on.stack.url + where);
        const look = async (how: string, looked: Parameters<typeof violations>[1]) => {
          for (const violation of await violations(page, looked)) found.push({ where, how, violation });
        };
        await settled(page);
        titles.set(new URL(page.url()).pathname, await page.title());
        await look('light', 'all');
        await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
        await look('dark', 'contrast');
        for (const name of visit.dialogs ?? []) {
          await page.getByRole('button', { name, exact: true }).first().click();
          await page.getByRole('dialog').waitFor();
          await look(`dark, ${name}`, 'all');
          await page.keyboard.press('Escape');
          await page.getByRole('dialog').waitFor({ state: 'hidden' });
        }
        const openTab = async (name: string) => {
          await page.getByRole('tab', { name, exact: true }).click();
          await settled(page);
        };
        for (const name of visit.tabs ?? []) {
          await openTab(name);
          await look(`dark, ${name}`, 'all');
        }
        await page.setViewportSize({ width: 390, height: 844 });
        const lookOnPhone = async (how: string) => {
          for (const wide of await wideElements(page)) found.push({ where, how, wide });
          await look(how, 'layout');
        };
        await lookOnPhone('phone');
        for (const name of visit.tabs ?? []) {
          await openTab(name);
          await lookOnPhone(`phone, ${name}`);
        }
        for (const error of errors) found.push({ where, error });
        await page.context().close();
      }
    };
    await Promise.all([next(), next()]);
    expect(found).toEqual([]);
    expect([...titles.values()].sort()).toEqual([...new Set(titles.values())].sort());
  }, 600_000);

  inBrowser('is walked by Tab, each stop in sight with its focus shown; dialogs give the focus back', async () => {
    const { page, errors } = await Dashboard.open(on.browser, `${on.stack.url}/p/demo/runs`);
    await page.getByRole('grid').or(page.getByRole('table')).first().waitFor();
    await settled(page);
    const wanted = await page.evaluate<string[]>(`(${markTabStops})()`);
    expect(wanted.length).toBeGreaterThan(20);
    const reached = new Set<string>();
    const hidden: string[] = [];
    for (let press = 0; press < wanted.length * 2 && reached.size < wanted.length; press++) {
      await page.keyboard.press('Tab');
      const stop = await page.evaluate<{ mark: string; shown: boolean } | null>(`(${readFocus})()`);
      if (!stop) continue;
      reached.add(stop.mark);
      if (!stop.shown) hidden.push(stop.mark);
    }
    expect({ missed: wanted.filter((mark) => !reached.has(mark)), hidden }).toEqual({ missed: [], hidden: [] });

    await page.getByRole('link', { name: 'New run', exact: true }).first().focus();
    for (const [keys, name] of [['?', 'Keyboard shortcuts'], ['Control+k', 'Command palette']] as const) {
      await page.keyboard.press(keys);
      await page.getByRole('dialog', { name, exact: true }).waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog', { name, exact: true }).waitFor({ state: 'hidden' });
      expect(await focusedName(page)).toBe('New run');
    }
    expect(errors).toEqual([]);
    await page.context().close();
  }, 90_000);

  inBrowser('gives what is typed at once to the palette and to a list, whose code is loaded by the press', async () => {
    const { page, errors } = await Dashboard.open(on.browser, `${on.stack.url}/p/demo/reports/${seeded.report.id}`);
    await settled(page);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('new run');
    const palette = page.getByRole('combobox', { name: 'Command palette', exact: true });
    await palette.waitFor();
    expect(await palette.inputValue()).toBe('new run');
    expect(new URL(page.url()).pathname).toBe(`/p/demo/reports/${seeded.report.id}`);
    await page.keyboard.press('Escape');
    await palette.waitFor({ state: 'hidden' });

    const text = page.getByRole('textbox', { name: 'Markdown of the report', exact: true });
    await text.press('Control+End');
    await page.keyboard.press('Enter');
    await page.keyboard.press('/');
    const list = page.getByRole('combobox', { name: 'Insert a live block', exact: true });
    await list.waitFor();
    await page.keyboard.type('pict');
    expect(await list.inputValue()).toBe('pict');
    await page.keyboard.press('Escape');
    await list.waitFor({ state: 'hidden' });
    await until('the focus back in the text', () => focusedLabel(page), (label) => label === 'Markdown of the report', 10_000);
    // Back from reading, the next word stands where the last one ended.
    await page.keyboard.press('Control+e');
    await text.waitFor({ state: 'hidden' });
    await page.keyboard.press('Control+e');
    await text.waitFor();
    await until('the focus back in the text', () => focusedLabel(page), (label) => label === 'Markdown of the report', 10_000);
    await page.keyboard.type(' ends');
    expect(await text.inputValue()).toMatch(/\/ ends$/);
    expect(errors).toEqual([]);
    await page.context().close();
  }, 60_000);

  inBrowser('can be gone to by the palette; what is gone to has the focus; single keys can be switched off', async () => {
    const { page, errors } = await Dashboard.open(on.browser, `${on.stack.url}/p/demo/datasets`);
    await settled(page);
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Command palette', exact: true }).fill('first');
    await page.getByRole('option', { name: /first/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(new RegExp(`/runs/${seeded.runs[0]}`));
    await until('the focus on the page', () => page.evaluate<string>('document.activeElement.id'), (id) => id === 'main', 10_000);

    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Command palette', exact: true }).fill('what we');
    await page.getByRole('option', { name: 'What we saw', exact: true }).click();
    await page.waitForURL(`**/reports/${seeded.report.id}`);

    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    await page.getByRole('switch', { name: 'Single-key shortcuts', exact: true }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.keyboard.press('?');
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog', { name: 'Command palette', exact: true }).waitFor();
    expect(await page.getByRole('dialog').count()).toBe(1);
    expect(errors).toEqual([]);
    await page.context().close();
  }, 60_000);
});

/** Two runs that end in seconds, with pictures, curves and a confusion matrix. The first id is of the one called first. */
async function trainTwo(url: string): Promise<string[]> {
  const launch = 'mutation ($input: LaunchRunInput!) { launchRun(input: $input) { run { id } userErrors { message } } }';
  const { data } = await thawJson<{ data: { backbones: { name: string; source: string }[] } }>(url, 'query', '{ backbones { name source } }');
  const backbone = data.backbones.find(({ source }) => source === 'BUILT_IN')!.name;
  const ids: string[] = [];
  for (const [name, freeze] of [['first', 'head'], ['second', 'full']]) {
    const input = { project: 'demo', dataset: 'digits-5-9', backbone, name, config: { epochs: 2, freeze }, tags: ['seen'] };
    const answer = await thawJson<{ data: { launchRun: { run: { id: string } | null; userErrors: unknown[] } } }>(url, 'query', launch, '--variables', JSON.stringify({ input }));
    expect(answer.data.launchRun.userErrors).toEqual([]);
    ids.push(answer.data.launchRun.run!.id);
  }
  await until('both runs to finish', () => thawJson<{ data: { runs: { nodes: { status: string }[] } } }>(url, 'query', '{ runs(project: "demo") { nodes { status } } }'), (answer) => answer.data.runs.nodes.every(({ status }) => status === 'FINISHED'), 60_000);
  return ids;
}

async function shareReport(url: string): Promise<Seeded['report']> {
  const ask = async (mutation: string, variables: object) =>
    (await thawJson<{ data: { answer: { report: { id: string; sharePath: string } } } }>(url, 'query', mutation, '--variables', JSON.stringify(variables))).data.answer.report;
  const { id } = await ask('mutation ($input: CreateReportInput!) { answer: createReport(input: $input) { report { id } } }', { input: { project: 'demo', title: 'What we saw', body: '# Heads\n\nThey win.' } });
  return ask('mutation ($id: ID!) { answer: shareReport(id: $id) { report { id sharePath } } }', { id });
}

/** Nothing loads any more. */
async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await until('the page to load', () => page.locator('[role=status][aria-label=Loading]').count(), (count) => count === 0, 20_000);
}

const focusedLabel = (page: Page) => page.evaluate<string | null>('document.activeElement.getAttribute("aria-label")');
const focusedName = (page: Page) => page.evaluate<string>('document.activeElement.textContent.trim()');

/** Gives everything that Tab should reach a mark and returns the marks. Of radio buttons and tabs one in each group is reached. */
const markTabStops = `() => [...document.querySelectorAll('a[href], button, input, select, textarea, [tabindex]')]
  .filter((element) => element.tabIndex >= 0 && !element.disabled && element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0)
  .map((element, index) => (element.dataset.mark = index + ' ' + element.tagName + ' ' + (element.getAttribute('aria-label') ?? element.textContent).trim().slice(0, 40)))`;

const readFocus = `() => {
  const element = document.activeElement;
  if (!element?.dataset.mark) return null;
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  const { top, bottom, left, right } = element.getBoundingClientRect();
  const inSight = bottom > 0 && top < innerHeight && right > 0 && left < innerWidth;
  return { mark: element.dataset.mark, shown: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1 && inSight };
}`;
