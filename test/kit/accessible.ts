import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** WCAG 2.2 A and AA; and of what is only good practice, that a page has one h1, ordered headings and landmarks around everything. */
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const also = ['target-size', 'heading-order', 'page-has-heading-one', 'landmark-one-main', 'region'];

/** contrast: of text alone, what another theme changes; layout: all but that, what another width changes. */
type Looked = 'all' | 'contrast' | 'layout';

/** What axe finds wrong with the page as it is, one line each. */
export async function violations(page: Page, looked: Looked = 'all'): Promise<string[]> {
  const rules = Object.fromEntries([...also.map((rule) => [rule, { enabled: true }]), ...(looked === 'layout' ? [['color-contrast', { enabled: false }]] : [])]);
  const axe = new AxeBuilder({ page });
  const { violations: found } = await (looked === 'contrast' ? axe.withRules('color-contrast') : axe.options({ runOnly: { type: 'tag', values: tags }, rules })).analyze();
  return found.flatMap(({ id, nodes }) => nodes.slice(0, 3).map((node) => `${id}: ${node.html.slice(0, 240)} ${node.failureSummary?.split('\n')[1]?.trim() ?? ''}`));
}

/** Elements that make the page wider than the screen; what scrolls inside its own box is not among them. */
export function wideElements(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.querySelectorAll('body *')].filter((element) => element.getBoundingClientRect().right > width + 1).slice(0, 5).map((element) => element.outerHTML.slice(0, 160));
  })()`);
}
