export interface TooltipRow {
  colour: string;
  label: string;
  value: string;
  strong?: boolean;
}

/** A box beside the cursor. Written straight to the DOM: it follows the pointer. */
export function tooltipBox(over: HTMLElement) {
  const box = document.createElement('div');
  box.className = 'pointer-events-none absolute z-10 hidden max-w-72 rounded-md border bg-panel px-2 py-1.5 text-xs shadow-(--shadow)';
  over.append(box);
  return {
    hide: () => box.classList.add('hidden'),
    show(left: number, top: number, title: string, rows: readonly TooltipRow[], rest: string) {
      box.classList.remove('hidden');
      box.replaceChildren(text('div', 'mb-0.5 text-faint', title), ...rows.map(rowOf), ...(rest ? [text('div', 'text-faint', rest)] : []));
      const width = over.clientWidth;
      const flip = left > width / 2;
      box.style.left = flip ? 'auto' : `${left + 14}px`;
      box.style.right = flip ? `${width - left + 14}px` : 'auto';
      box.style.top = `${Math.max(0, Math.min(top - 10, over.clientHeight - box.offsetHeight))}px`;
    },
  };
}

function rowOf({ colour, label, value, strong = false }: TooltipRow): HTMLElement {
  const row = text('div', `flex items-center gap-2${strong ? ' font-semibold' : ''}`, '');
  const dot = text('span', 'size-2 shrink-0 rounded-full', '');
  dot.style.background = colour;
  row.append(dot, text('span', 'min-w-0 flex-1 truncate', label), text('span', 'num', value));
  return row;
}

function text(tag: string, className: string, content: string): HTMLElement {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = content;
  return element;
}
