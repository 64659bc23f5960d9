import type { Page, Response } from 'playwright-core';

/** Opens a page, as one that a person can use: see `hydrated`. */
export async function visit(page: Page, url: string): Promise<Response | null> {
  const response = await page.goto(url);
  await hydrated(page);
  return response;
}

export async function reload(page: Page): Promise<void> {
  await page.reload();
  await hydrated(page);
}

/**
 * Waits until React has taken over what the server sent: before that a button is in sight and does nothing, and no key
 * is listened to. React marks each element it has taken over; what listens to keys comes in the task behind.
 */
async function hydrated(page: Page): Promise<void> {
  await page.waitForFunction(`[document.body, ...document.querySelectorAll('button, input')].every((element) => Object.keys(element).some((key) => key.startsWith('__reactProps$')))`);
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done)))');
}
