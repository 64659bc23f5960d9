/** What a button of the toolbar does to the selected text. */
export interface Edit { start: number; end: number; replacement: string; select: [number, number] }

/** Around the selection, or taken away when it is there: **bold**. */
export function wrap(text: string, start: number, end: number, mark: string): Edit {
  const outside = text.slice(start - mark.length, start) === mark && text.slice(end, end + mark.length) === mark;
  if (outside) return { start: start - mark.length, end: end + mark.length, replacement: text.slice(start, end), select: [start - mark.length, end - mark.length] };
  return { start, end, replacement: `${mark}${text.slice(start, end)}${mark}`, select: [start + mark.length, end + mark.length] };
}

/** Before every line of the selection, or taken away when all have it: "- ". */
export function prefix(text: string, from: number, to: number, mark: string): Edit {
  const start = text.lastIndexOf('\n', from - 1) + 1;
  const next = text.indexOf('\n', to);
  const end = next === -1 ? text.length : next;
  const lines = text.slice(start, end).split('\n');
  const all = lines.every((line) => line.startsWith(mark));
  const replacement = lines.map((line) => (all ? line.slice(mark.length) : `${mark}${line}`)).join('\n');
  return { start, end, replacement, select: [start, start + replacement.length] };
}

/** A block stands alone, an empty line before and behind it. A "/" that asked for it goes. */
export function insertBlock(text: string, at: number, block: string): Edit {
  const lineStart = text.lastIndexOf('\n', at - 1) + 1;
  const start = text.slice(lineStart, at) === '/' ? lineStart : at;
  const before = text.slice(0, start);
  const after = text.slice(at);
  const above = before === '' || before.endsWith('\n\n') ? '' : before.endsWith('\n') ? '\n' : '\n\n';
  const below = after.startsWith('\n\n') ? '' : after.startsWith('\n') ? '\n' : '\n\n';
  const replacement = `${above}${block}${below}`;
  return { start, end: at, replacement, select: [start + replacement.length, start + replacement.length] };
}
