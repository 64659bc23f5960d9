/** The table is where one goes on when what one pressed is gone: from there the arrow keys walk its rows. Whoever types meanwhile is left alone. */
export function focusTable(): void {
  if (!document.activeElement?.matches('input[type=text], textarea')) document.querySelector<HTMLElement>('.runs-grid')?.focus({ preventScroll: true });
}
