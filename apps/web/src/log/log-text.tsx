import type { CSSProperties } from 'react';
import { cx } from '../ui/cx';
import { segmentsOf, type Segment } from './ansi';

const decorated: Partial<Record<string, string>> = { bold: 'font-semibold', dim: 'opacity-70', italic: 'italic', underline: 'underline', strikethrough: 'line-through', overline: 'overline', hidden: 'opacity-0' };

/** One line with its colours. Its text is only ever text. */
export function LogText({ text, needle, current }: { text: string; needle: string; current: boolean }) {
  const segments = segmentsOf(text, needle);
  if (segments.length === 0) return <>{'\u200b'}</>;
  return segments.map((segment, index) => {
    const { text: part, marked } = segment;
    const look = { className: lookOf(segment, current), style: styleOf(segment) };
    return marked ? <mark key={index} {...look}>{part}</mark> : look.className || look.style ? <span key={index} {...look}>{part}</span> : part;
  });
}

const lookOf = ({ colour, background, decorations, marked }: Segment, current: boolean) =>
  cx(marked ? (current ? 'log-mark log-mark-current' : 'log-mark') : colour && !background && 'log-colour', ...[...decorations].map((name) => decorated[name])) || undefined;

/** A colour without a background of its own is kept apart from the page's by the style sheet. */
function styleOf({ colour, background, marked }: Segment): CSSProperties | undefined {
  if (marked || (!colour && !background)) return undefined;
  return background ? { background, color: colour ?? undefined } : ({ '--log-colour': colour } as CSSProperties);
}
