import type { SearchProblem } from './problem';

/** Far more than a search bar holds; they keep a hostile text from taking long or nesting deep. */
export const searchLimits = { length: 4000, nesting: 6, conditions: 200 };

const token = /(["'`])(?:\\.|(?!\1)[^\\])*(\1)?|[()]/gsu;

/** Checked before parsing, which recurses into parentheses. */
export function limitProblem(text: string): SearchProblem | null {
  const { length, nesting } = searchLimits;
  if (text.length > length) return { message: `The search has ${text.length} characters; at most ${length} are allowed.`, column: length + 1, length: text.length - length, expected: [] };
  let depth = 0;
  for (const { 0: found, 1: quote, 2: closing, index } of text.matchAll(token)) {
    if (quote && !closing) return { message: `The quote ${quote} is never closed.`, column: index + 1, length: text.length - index, expected: [quote] };
    if (found === '(' && ++depth > nesting) return { message: `Parentheses nest more than ${nesting} deep. Write it flatter.`, column: index + 1, length: 1, expected: [] };
    if (found === ')') depth--;
  }
  return null;
}
