import type { Page } from 'playwright-core';

/** What is measured on Thaw's pages and on its peer's alike; the texts are CSS selectors. */
export interface Site {
  table: {
    url: string;
    /** The name in the first row. */
    firstName: string;
    /** Sorts by name: another order each time. */
    sort(page: Page): Promise<void>;
    filter: {
      /** Types what only some runs fulfil, up to the key press that asks for it; clears it when it stands there. */
      type(page: Page): Promise<void>;
      event: 'input' | 'keydown';
      /** Says how many runs match. */
      count: string;
    };
  };
  /** One metric of that many runs over each other. */
  overlay(runs: number): { url: string; drawn: string };
}
