import { createColorPalette, namedColors, parseAnsiSequences, type ColorName, type DecorationType, type ParseToken } from 'ansi-sequence-parser';

/** A stretch of a line that looks the same all over. Colours are CSS; the sixteen named ones follow the theme. */
export interface Segment {
  text: string;
  colour: string | null;
  background: string | null;
  decorations: ReadonlySet<DecorationType>;
  /** part of what is searched for */
  marked: boolean;
}

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const themed = createColorPalette(Object.fromEntries(namedColors.map((name) => [name, `var(--ansi-${kebab(name)})`])) as Record<ColorName, string>);
/** Where the writer chose a background too, both are as written: they were chosen for each other. */
const asWritten = createColorPalette();

function coloursOf({ foreground, background, decorations }: Pick<ParseToken, 'foreground' | 'background' | 'decorations'>): Pick<Segment, 'colour' | 'background'> {
  const reverse = decorations.has('reverse');
  const [front, back] = reverse ? [background, foreground] : [foreground, background];
  if (!back) return reverse ? { colour: front ? asWritten.value(front) : 'var(--sunken)', background: 'var(--ink)' } : { colour: front && themed.value(front), background: null };
  const behind = asWritten.value(back);
  return { colour: front ? asWritten.value(front) : readableOn(behind), background: behind };
}

/** Black or white, by the WCAG luminance of what is behind it. */
function readableOn(hex: string): string {
  const [r, g, b] = [1, 3, 5].map((at) => (Number.parseInt(hex.slice(at, at + 2), 16) / 255) ** 2.2) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.18 ? '#000000' : '#ffffff';
}

/* eslint-disable no-control-regex -- control characters are what this file is about */
/** Every escape sequence: CSI (colours and cursor), OSC (titles, links), and those of two characters. */
const escapes = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\^_a-z=>])/g;
const colours = /^\u001b\[[\d;:]*m$/;
/** What is left of them when a line was cut, and other characters that draw nothing. */
const controls = /[\u0000-\u0008\u000b-\u001a\u001c-\u001f\u007f]/g;
const loneEscape = /\u001b(?!\[[\d;:]*m)/g;
/* eslint-enable no-control-regex */

/** As a terminal leaves it on the screen: a progress bar that was drawn over itself shows its last state. */
const overwritten = (text: string) => (text.includes('\r') ? (text.split('\r').filter(Boolean).at(-1) ?? '') : text);

const onlyColours = (text: string) =>
  overwritten(text)
    // "ESC[m" means "ESC[0m", and colons separate as semicolons do.
    .replace(escapes, (escape) => (colours.test(escape) ? (escape === '\u001b[m' ? '\u001b[0m' : escape.replaceAll(':', ';')) : ''))
    .replace(controls, '')
    .replace(loneEscape, '');

/** What a person reads of a line. */
export const plainText = (text: string): string => overwritten(text).replace(escapes, '').replace(controls, '').replace(loneEscape, '');

/** A line as its stretches; where `needle` stands, whatever its case, they are marked. */
export function segmentsOf(text: string, needle = ''): Segment[] {
  const tokens = text.includes('\u001b') || text.includes('\r') ? parseAnsiSequences(onlyColours(text)) : [{ value: text.replace(controls, ''), foreground: null, background: null, decorations: new Set<DecorationType>() }];
  const marks = needle === '' ? [] : occurrences(tokens.map(({ value }) => value).join(''), needle);
  const segments: Segment[] = [];
  let start = 0;
  for (const token of tokens) {
    const { value, decorations } = token;
    const look = { ...coloursOf(token), decorations };
    for (const { from, to, marked } of pieces(start, start + value.length, marks)) segments.push({ text: value.slice(from - start, to - start), ...look, marked });
    start += value.length;
  }
  return segments;
}

interface Range { from: number; to: number }

function occurrences(text: string, needle: string): Range[] {
  const [haystack, wanted] = [text.toLowerCase(), needle.toLowerCase()];
  const found: Range[] = [];
  // Some letters change their length in lower case; then places do not agree and nothing is marked.
  if (haystack.length !== text.length) return found;
  for (let from = haystack.indexOf(wanted); from !== -1; from = haystack.indexOf(wanted, from + wanted.length)) found.push({ from, to: from + wanted.length });
  return found;
}

/** from … to, cut where marks begin and end. */
function pieces(from: number, to: number, marks: readonly Range[]): (Range & { marked: boolean })[] {
  const cut: (Range & { marked: boolean })[] = [];
  let at = from;
  for (const mark of marks) {
    const [begin, end] = [Math.max(mark.from, at), Math.min(mark.to, to)];
    if (begin >= end) continue;
    if (begin > at) cut.push({ from: at, to: begin, marked: false });
    cut.push({ from: begin, to: end, marked: true });
    at = end;
  }
  if (at < to) cut.push({ from: at, to, marked: false });
  return cut;
}
