import path from 'node:path';
import { createClient } from '@thaw/client';
import { startEmbeddedPostgres } from '@thaw/db/embedded';
import { startStack } from '@thaw/stack';
import { makeScratch } from '../kit/scratch';
import { ask, type Thaw } from '../kit/thaw';
import { curveKey, curvesProject, seedDashboard, type Sizes, tableProject } from './seed-dashboard';
import type { Site } from './site';

/** What `npm start` starts, without a trainer: nothing seeded is to be trained. */
export async function withThawSite<Answer>(sizes: Sizes, measure: (site: Site, thaw: Thaw) => Promise<Answer>): Promise<Answer> {
  using scratch = makeScratch('web');
  const postgres = await startEmbeddedPostgres({ folder: path.join(scratch.folder, 'postgres'), logFile: path.join(scratch.folder, 'postgres.log') });
  try {
    const stack = await startStack({ home: scratch.folder, port: 0, trainers: 0, databaseUrl: postgres.url });
    const client = createClient({ url: stack.url });
    try {
      const thaw: Thaw = { url: stack.url, pid: stack.pids().api!, databaseUrl: postgres.url, ask: (query, variables) => ask(client, query, variables) };
      await seedDashboard(thaw, sizes);
      return await measure(thawSite(stack.url), thaw);
    } finally {
      await client.close();
      await stack.stop();
    }
  } finally {
    await postgres.stop();
  }
}

export const compareUrl = (url: string, project: string, runs: number, key: string): string => `${url}/p/${project}/compare?${new URLSearchParams({ q: '', first: String(runs), metric: key })}`;

function thawSite(url: string): Site {
  let filtered = false;
  return {
    table: {
      url: `${url}/p/${tableProject}/runs`,
      firstName: '[data-row-link]',
      sort: (page) => page.getByRole('columnheader', { name: 'Name' }).getByRole('button').first().click(),
      filter: {
        event: 'input',
        count: 'main [role=status]',
        async type(page) {
          filtered = !filtered;
          await page.locator('[data-page-search]').fill(filtered ? 'val/accuracy > 0.9' : '');
        },
      },
    },
    overlay: (runs) => ({ url: compareUrl(url, curvesProject, runs, curveKey), drawn: `[role=img][aria-label*="${curveKey}. curve-"]` }),
  };
}
