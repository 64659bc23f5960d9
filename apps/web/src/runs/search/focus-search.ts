/** The page's search field is where one goes on when what one pressed is gone. */
export const focusSearch = () => document.querySelector<HTMLElement>('[data-page-search]')?.focus();
