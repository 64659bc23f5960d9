import { readOperand, SearchError } from './compile-condition';
import { comparisonsOf, fieldNames, type SearchField } from './fields';
import { limitProblem } from './limits';
import { type Condition, type Operand, type Syntax, syntaxFailure, syntaxOf } from './syntax';

export interface Completions {
  /** What a choice replaces: text.slice(from, to). */
  from: number;
  to: number;
  /** The part of it before the cursor, without an opening quote. */
  typed: string;
  /** Names from a fixed list that begin with what is typed. */
  fields: string[];
  operators: string[];
  keywords: string[];
  /** Values of a field that has a fixed list of them. */
  values: string[];
  /** Keys to ask the API for (its keys query), with what is typed of them: a bare word may become either kind. */
  keys: { kinds: readonly ('METRIC' | 'PARAM')[]; typed: string } | null;
  /** The field, metric or config value that a value is wanted for. */
  valueOf: { type: 'field' | 'metric' | 'config'; name: string } | null;
}

/** Stands for what is about to be said: fits nowhere but between the values of a list. */
const cursor = ',';

/** What can stand at a position of a search (from 0), for a bar that completes while one types. */
export function completionsAt(text: string, position: number): Completions {
  const before = text.slice(0, position);
  const from = tokenStart(before);
  const to = position + (/^[^\s()"'`,=!<>:~]*/u.exec(text.slice(position))?.[0].length ?? 0);
  const typed = before.slice(from).replace(/^["'`]/, '');
  const completions: Completions = { from, to, typed, fields: [], operators: [], keywords: [], values: [], keys: null, valueOf: null };
  const failure = limitProblem(before.slice(0, from)) ? null : syntaxFailure(before.slice(0, from) + cursor);
  if (!failure || failure.at !== from) return completions;
  const fits = (names: readonly string[]) => names.filter((name) => name.toLowerCase().startsWith(typed.toLowerCase()));
  const condition = lastCondition(before.slice(0, from));
  const subject = condition && condition.type !== 'text' ? subjectOf(condition.operand) : null;
  const field = subject?.type === 'field' ? subject.field : null;

  for (const expected of failure.expected) {
    if (expected === 'a field, metric or config value') {
      const param = /^(?:config|params?)\.["'`]?(.*)$/is.exec(before.slice(from));
      const metric = /^metric\.["'`]?(.*)$/is.exec(before.slice(from));
      const isMetric = metric !== null || isInStatistic(before.slice(0, from));
      completions.keys = param ? { kinds: ['PARAM'], typed: param[1]! } : { kinds: isMetric ? ['METRIC'] : ['METRIC', 'PARAM'], typed: metric?.[1] ?? typed };
      completions.fields = fits(isInStatistic(before.slice(0, from)) ? [] : [...fieldNames, 'config.']);
    } else if (expected === 'an operator') completions.operators = field ? operatorsOf(field) : subject?.type === 'config' ? [...ordered, '~', 'in', 'exists'] : [...ordered, 'in', 'exists'];
    else if (expected === 'a value') {
      completions.values = fits(field?.values ?? (field?.kind === 'flag' ? ['true', 'false'] : []));
      completions.valueOf = subject && { type: subject.type, name: subject.type === 'field' ? subject.field.name : subject.key };
    } else if (/^(and|or|not|\(|\))$/.test(expected)) completions.keywords.push(...fits([expected]));
  }
  return completions;
}

function subjectOf(operand: Operand) {
  try {
    return readOperand(operand);
  } catch (error) {
    if (error instanceof SearchError) return null;
    throw error;
  }
}

const ordered = ['=', '!=', '>', '>=', '<', '<='];
const operatorsOf = ({ kind }: SearchField) => [...comparisonsOf[kind].filter((each) => each !== ':'), 'in'];
const isInStatistic = (before: string) => /\b(?:max|min|last)\s*\(\s*$/i.test(before);

/** Where the word or unfinished quote that the cursor is in begins. */
function tokenStart(before: string): number {
  let quote: { mark: string; at: number } | null = null;
  for (let at = 0; at < before.length; at++) {
    const character = before[at]!;
    if (quote && character === '\\') at++;
    else if (quote) quote = character === quote.mark ? null : quote;
    else if (/["'`]/.test(character)) quote = { mark: character, at };
  }
  const open = quote ? quote.at : before.length;
  return open - (/[^\s()"'`,=!<>:~]*$/u.exec(before.slice(0, open))?.[0].length ?? 0);
}

/** The condition under way: the text completed with one word for what is missing, and its parentheses closed. */
function lastCondition(before: string): Condition | null {
  const open = before.replace(/(["'`])(?:\\.|(?!\1)[^\\])*\1/gsu, '').replace(/[^()]/g, '');
  const closing = ')'.repeat(Math.max(0, open.split('(').length - open.split(')').length));
  for (const end of ['x', '= x', '(x)']) {
    for (const close of [closing, closing.slice(1)]) {
      const syntax = syntaxOf(`${before} ${end}${close}`);
      if (syntax) return rightmost(syntax);
    }
  }
  return null;
}

function rightmost(syntax: Syntax): Condition {
  if (syntax.type === 'condition') return syntax.condition;
  return rightmost(syntax.type === 'not' ? syntax.part : syntax.parts.at(-1)!);
}
