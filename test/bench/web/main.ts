import type { Browser } from 'playwright-core';
import { launchChromium } from '../../kit/chromium';
import { readOptions } from '../kit/options';
import { type Figure, publish } from '../kit/publish';
import { figuresOf } from './figures';
import { withMlflowSite } from './mlflow-site';
import { type Measured, sharedRows } from './rows';
import { fullSizes, smokeSizes } from './seed-dashboard';
import { withThawSite } from './thaw-site';
import { thawRows } from './thaw-rows';

const peer = 'mlflow-sqlite';

/** `npm run bench:web`: the pages of Thaw and MLflow, one after the other, in the same Chromium on this machine. */
async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  const sizes = options.smoke ? smokeSizes : fullSizes;
  const chosen = [...Object.keys(sharedRows), ...Object.keys(thawRows)].filter((name) => !options.only || name === options.only);
  if (chosen.length === 0) throw new Error(`There is no row "${options.only}". The rows are ${[...Object.keys(sharedRows), ...Object.keys(thawRows)].join(', ')}.`);

  const browser = await launchChromium();
  try {
    console.error('Seeding and measuring Thaw …');
    const ours = await withThawSite(sizes, (site, thaw) => inOrder(chosen, (name) => sharedRows[name]?.(browser, site) ?? thawRows[name]?.(browser, thaw, sizes)));
    const shared = chosen.filter((name) => name in sharedRows);
    const theirs = options.peers && shared.length > 0 ? await measureMlflow(browser, sizes, shared) : {};
    publish('web', figures(sizes, ours, theirs), options);
  } finally {
    await browser.close();
  }
}

async function measureMlflow(browser: Browser, sizes: typeof fullSizes, rows: readonly string[]): Promise<Measured> {
  console.error('Seeding and measuring MLflow …');
  return await withMlflowSite(sizes, (site) => inOrder(rows, (name) => sharedRows[name]!(browser, site)));
}

function figures(sizes: typeof fullSizes, ours: Measured, theirs: Measured): Figure[] {
  const peersOf = (key: string): Measured => (theirs[key] === undefined ? {} : { [peer]: theirs[key] });
  return Object.entries(figuresOf(sizes)).flatMap(([key, told]) => (ours[key] === undefined ? [] : [{ ...told, thaw: ours[key], peers: peersOf(key) }]));
}

async function inOrder(names: readonly string[], work: (name: string) => Promise<Measured> | undefined): Promise<Measured> {
  const all: Measured = {};
  for (const name of names) {
    const measured = await work(name);
    console.error(`  ${name} ${JSON.stringify(measured)}`);
    Object.assign(all, measured);
  }
  return all;
}

void main();
