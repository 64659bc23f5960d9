import { compileCondition, SearchError } from './compile-condition';
import type { RunFilter } from './filter';
import { limitProblem, searchLimits } from './limits';
import type { SearchProblem } from './problem';
import { type Failure, type Syntax, syntaxFailure, syntaxOf } from './syntax';

/** Without problems the filter says all of the text; with problems it is null. */
export type ParsedSearch = { filter: RunFilter; problems: [] } | { filter: null; problems: SearchProblem[] };

/** now: what relative dates such as "7d ago" count from. */
export function parseSearch(text: string, now: Date = new Date()): ParsedSearch {
  const problem = limitProblem(text);
  if (problem) return { filter: null, problems: [problem] };
  const failure = syntaxFailure(text);
  if (failure) return { filter: null, problems: [explain(text, failure)] };
  const problems: SearchProblem[] = [];
  const syntax = syntaxOf(text);
  const filter = syntax ? compile(syntax, now.getTime(), problems) : {};
  if (conditionsIn(syntax) > searchLimits.conditions) problems.push({ message: `The search has more than ${searchLimits.conditions} conditions. Use fewer, or in (…).`, column: 1, length: text.length, expected: [] });
  return problems.length > 0 ? { filter: null, problems } : { filter, problems: [] };
}

function compile(syntax: Syntax, now: number, problems: SearchProblem[]): RunFilter {
  if (syntax.type === 'not') return { not: compile(syntax.part, now, problems) };
  if (syntax.type !== 'condition') {
    // Parentheses that change nothing leave no trace.
    const parts = syntax.parts.map((part) => compile(part, now, problems)).flatMap((part) => (Object.keys(part).length === 1 && part[syntax.type]) || [part]);
    return { [syntax.type]: parts };
  }
  try {
    return compileCondition(syntax.condition, now);
  } catch (error) {
    if (!(error instanceof SearchError)) throw error;
    const { start, end } = error.place;
    problems.push({ message: error.message, column: start + 1, length: end - start, expected: [...error.expected] });
    return {};
  }
}

function conditionsIn(syntax: Syntax | null): number {
  if (!syntax) return 0;
  if (syntax.type === 'condition') return 1;
  return syntax.type === 'not' ? conditionsIn(syntax.part) : syntax.parts.reduce((sum, part) => sum + conditionsIn(part), 0);
}

function explain(text: string, { at, expected }: Failure): SearchProblem {
  const rest = text.slice(at);
  const length = /^(?:[^\s()"'`]+|.)/su.exec(rest)?.[0].length ?? 0;
  const column = at + 1;
  const found = rest.trim() === '' ? null : rest.slice(0, length);
  const list = expected.length > 1 ? `${expected.slice(0, -1).join(', ')} or ${expected.at(-1)}` : (expected[0] ?? 'something else');
  const before = /([^\s()"'`]+)\s*$/u.exec(text.slice(0, at))?.[1];
  const hint = expected.includes('an operator') && before ? ` To search names for it, write "${before}" in quotes; operators are = != > >= < <= : ~ in exists.` : '';
  const problem = found === null ? 'The search ends too early' : `${JSON.stringify(found)} does not fit here`;
  return { message: `${problem}${expected.includes('an operator') && before ? `, after ${before}` : ''}: expected ${list}.${hint}`, column, length, expected };
}
