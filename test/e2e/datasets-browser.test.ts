import { cp, mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { chromiumPath } from '../kit/chromium';
import { Dashboard } from '../kit/dashboard';
import { flowers, sharedData, testWith } from '../kit/shared-data';
import { stackAndBrowser } from '../kit/stack-and-browser';
import { until } from '../kit/until';
import { reload, visit } from '../kit/visit';
import { zipFolder } from '../kit/zip-folder';

const inBrowser = testWith({ Chromium: Boolean(chromiumPath), 'shared data': sharedData });
const perClass = { train: 6, val: 2 };

/** A folder of 24 pictures in three classes; `skip` leaves out the first of each. */
async function someFlowers(folder: string, skip = 0): Promise<string> {
  for (const [split, count] of Object.entries(perClass)) {
    for (const label of ['daisy', 'roses', 'tulips']) {
      const from = path.join(flowers, split, label);
      await mkdir(path.join(folder, split, label), { recursive: true });
      for (const file of (await readdir(from)).sort().slice(skip, skip + count)) await cp(path.join(from, file), path.join(folder, split, label, file));
    }
  }
  return folder;
}

/** The connection is lost after ten files, and the page left; how many files are sent when the same is chosen again. */
async function sentAfterBreak({ page, url }: Dashboard, name: string, input: string, chosen: string): Promise<number> {
  const dialog = page.getByRole('dialog', { name: 'Import a dataset', exact: true });
  await page.getByRole('button', { name: 'Import dataset', exact: true }).click();
  await dialog.getByTestId(input).setInputFiles(chosen);
  await dialog.getByLabel('Name', { exact: true }).fill(name);
  let through = 0;
  await page.route('**/blobs?*', (route) => (++through > 10 ? route.abort('internetdisconnected') : route.continue()));
  await dialog.getByRole('button', { name: 'Import dataset', exact: true }).click();
  await dialog.getByText('Waiting for the connection').waitFor();
  await dialog.getByText('10 of 24 files stored').waitFor();

  page.on('dialog', (question) => void question.accept());
  await visit(page, url);
  await page.unroute('**/blobs?*');
  const unfinished = page.getByRole('main').getByText(`${name}: 10 of 24 files are stored`);
  await unfinished.waitFor();
  await page.getByRole('button', { name: 'Choose it again', exact: true }).click();
  await dialog.getByRole('button', { name: 'Cancel', exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
  expect(await unfinished.count()).toBe(1);
  const sent = new Set<string>();
  page.on('request', (request) => {
    const digest = /\/blobs\?sha256=([0-9a-f]{64})/.exec(request.url())?.[1];
    if (digest) sent.add(digest);
  });
  await page.getByRole('button', { name: 'Choose it again', exact: true }).click();
  await dialog.getByTestId(input).setInputFiles(chosen);
  await dialog.getByRole('button', { name: 'Import dataset', exact: true }).click();
  await dialog.getByText(`${name} is imported`).waitFor();
  return sent.size;
}

describe('datasets in the browser', () => {
  const on = stackAndBrowser(Boolean(chromiumPath) && sharedData, { trainers: 0 });

  inBrowser('an upload that broke off goes on after a reload, and three pictures are put right into version 2', async () => {
    const folder = await someFlowers(path.join(on.home, 'garden'));
    const dashboard = await Dashboard.open(on.browser, `${on.stack.url}/p/default/datasets`);
    const { page } = dashboard;
    expect(await sentAfterBreak(dashboard, 'garden', 'folder-input', folder)).toBe(14);

    const dialog = page.getByRole('dialog', { name: 'Import a dataset', exact: true });
    await dialog.getByRole('link', { name: 'Open dataset', exact: true }).click();
    const pictures = page.getByRole('listbox', { name: 'Pictures', exact: true }).getByRole('option');
    await pictures.nth(0).click({ modifiers: ['Control'] });
    await pictures.nth(2).click({ modifiers: ['Shift'] });
    await page.getByText('3 pictures of 24 selected').waitFor();
    await page.getByLabel('Move to class').selectOption('roses');
    await reload(page);
    await page.getByRole('region', { name: 'Changes to version 1 (3)', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Save as version 2', exact: true }).click();
    await page.getByRole('region', { name: 'Versions (2)', exact: true }).waitFor();
    const changed = page.getByRole('region', { name: 'What changed', exact: true });
    await changed.getByText('In another class (3)').waitFor();
    expect(await page.getByRole('region', { name: /^Changes to version/ }).count()).toBe(0);
    const classes = page.getByRole('table', { name: 'Classes', exact: true });
    await until('three more roses', () => classes.getByRole('row').filter({ hasText: 'roses' }).getByRole('cell').allInnerTexts(), (cells) => cells.includes('9') && cells.includes('2'), 10_000);
    expect(dashboard.errors).toEqual([]);
  }, 120_000);

  inBrowser('a zip goes on where it broke off, too; one that is no zip is refused by the server, in words', async () => {
    const folder = await someFlowers(path.join(on.home, 'park'), 10);
    const zip = path.join(on.home, 'park.zip');
    await zipFolder(folder, ['train', 'val'], zip);
    const dashboard = await Dashboard.open(on.browser, `${on.stack.url}/p/default/datasets`);
    expect(await sentAfterBreak(dashboard, 'park', 'zip-input', zip)).toBe(14);
    await dashboard.page.getByText('24 pictures in 3 classes.').waitFor();

    const broken = path.join(on.home, 'broken.zip');
    await writeFile(broken, 'no zip at all');
    await visit(dashboard.page, dashboard.url);
    await dashboard.page.getByRole('button', { name: 'Import dataset', exact: true }).click();
    await dashboard.page.getByTestId('zip-input').setInputFiles(broken);
    await dashboard.page.getByRole('dialog').getByRole('button', { name: 'Import dataset', exact: true }).click();
    await dashboard.page.getByText('This is not a zip that can be read').waitFor();
    expect(dashboard.errors).toEqual([]);
  }, 120_000);
});
