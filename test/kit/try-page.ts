import type { JSHandle, Page } from 'playwright-core';

/** "Try the model", as a person uses it. */
export class TryPage {
  constructor(private readonly page: Page) {}

  async loaded(): Promise<void> {
    await this.page.getByTestId('model-facts').waitFor({ timeout: 60_000 });
  }

  /** What computes, as the page puts it. */
  backend(): Promise<string> {
    return this.page.getByTestId('model-facts').innerText();
  }

  async pickExample(path: string, label: string): Promise<void> {
    await this.page.getByRole('button', { name: `Try ${path}, which is ${label}`, exact: true }).click();
  }

  async drop(files: readonly { name: string; type: string; bytes: Uint8Array }[]): Promise<void> {
    const given = JSON.stringify(files.map(({ name, type, bytes }) => ({ name, type, bytes: [...bytes] })));
    // A string, because the tests are typed without a browser's types.
    const dataTransfer: JSHandle = await this.page.evaluateHandle(`(() => {
      const transfer = new DataTransfer();
      for (const { name, type, bytes } of ${given}) transfer.items.add(new File([new Uint8Array(bytes)], name, { type }));
      return transfer;
    })()`);
    await this.page.getByTestId('picture-drop').dispatchEvent('drop', { dataTransfer });
  }

  /** Of the newest picture of this name: the best classes with the six digits that a tooltip gives. */
  async scores(name: string): Promise<Map<string, number>> {
    const card = this.page.getByRole('list', { name: 'Results', exact: true }).getByRole('listitem', { name, exact: true }).first();
    const lines = card.getByRole('list', { name: 'Most probable classes', exact: true }).getByRole('listitem');
    await lines.first().waitFor();
    const titled = await lines.all().then((all) => Promise.all(all.map((line) => line.locator('[title]').evaluateAll((spans) => spans.map((span) => span.getAttribute('title')!)))));
    return new Map(titled.map(([label, score]) => [label!, Number(score)]));
  }
}
