import type { Node, NonterminalNode } from 'ohm-js';
import { searchGrammar } from './grammar';

/** A stretch of the search text, from 0. */
export interface Place {
  start: number;
  end: number;
}

export interface Written extends Place {
  /** Without quotes and escapes. */
  text: string;
  quoted: boolean;
}

export interface Operand extends Written {
  /** Before a quoted part: "metric." or "config."; backquotes alone mean a metric. */
  prefix: 'metric' | 'config' | null;
  statistic: 'max' | 'min' | 'last' | null;
}

export type Condition = Place &
  (
    | { type: 'text'; value: Written }
    | { type: 'exists'; operand: Operand; operator: Written }
    | { type: 'compare'; operand: Operand; operator: Written; value: Written }
    | { type: 'among'; operand: Operand; operator: Written; values: Written[] }
  );

export type Syntax = { type: 'and' | 'or'; parts: Syntax[] } | { type: 'not'; part: Syntax } | { type: 'condition'; condition: Condition };

const placeOf = ({ source }: { source: { startIdx: number; endIdx: number } }): Place => ({ start: source.startIdx, end: source.endIdx });
const unescape = (text: string): string => text.replace(/\\(.)/gsu, '$1');
const joined = (type: 'and' | 'or', parts: Syntax[]): Syntax => (parts.length === 1 ? parts[0]! : { type, parts });
const operandOf = (node: Node): Operand => node.operand();
const writtenOf = (node: Node): Written => node.written();

function written(this: NonterminalNode, text = this.sourceString, quoted = false): Written {
  return { ...placeOf(this), text, quoted };
}

const semantics = searchGrammar.createSemantics();

semantics.addOperation<Written>('written', {
  _nonterminal(...children: Node[]) {
    return children.length === 1 && !children[0]!.isTerminal() ? writtenOf(children[0]!) : written.call(this as never);
  },
  quoted_double(_open, inner, _close) { return written.call(this, unescape(inner.sourceString), true); },
  quoted_single(_open, inner, _close) { return written.call(this, unescape(inner.sourceString), true); },
  backquoted(_open, inner, _close) { return written.call(this, unescape(inner.sourceString), true); },
  bare(_characters) { return written.call(this); },
  word(_first, _rest) { return written.call(this); },
});

semantics.addOperation<Operand>('operand', {
  Operand_statistic(statistic, _open, path, _close) {
    return { ...operandOf(path), ...placeOf(this), statistic: statistic.sourceString.toLowerCase() as Operand['statistic'] };
  },
  Operand(inner) { return operandOf(inner); },
  path(inner) { return /^path_(prefixed|quoted)$/.test(inner.ctorName) ? operandOf(inner) : { ...writtenOf(inner), prefix: writtenOf(inner).quoted ? 'metric' : null, statistic: null }; },
  path_prefixed(prefix, name) {
    return { ...writtenOf(name), ...placeOf(this), prefix: /^m/i.test(prefix.sourceString) ? 'metric' : 'config', statistic: null };
  },
  path_quoted(name, _ahead) { return { ...writtenOf(name), prefix: 'metric', statistic: null }; },
});

semantics.addOperation<Syntax>('syntax', {
  Or(first, _or, rest) { return joined('or', [first.syntax(), ...rest.children.map((child) => child.syntax())]); },
  And(first, _and, rest) { return joined('and', [first.syntax(), ...rest.children.map((child) => child.syntax())]); },
  // Counted, not nested: a thousand of them are one.
  Negation(nots, primary) { return nots.numChildren % 2 === 1 ? { type: 'not', part: primary.syntax() } : primary.syntax(); },
  Primary_group(_open, inner, _close) { return inner.syntax(); },
  Condition(inner) {
    return inner.ctorName === 'text' ? { type: 'condition', condition: { ...placeOf(this), type: 'text', value: writtenOf(inner) } } : inner.syntax();
  },
  Condition_among(operand, operator, _open, values, _close) {
    const list = values.asIteration().children.map(writtenOf);
    return { type: 'condition', condition: { ...placeOf(this), type: 'among', operand: operandOf(operand), operator: written.call(operator as never), values: list } };
  },
  Condition_exists(operand, operator) {
    return { type: 'condition', condition: { ...placeOf(this), type: 'exists', operand: operandOf(operand), operator: written.call(operator as never) } };
  },
  Condition_compare(operand, operator, value) {
    return { type: 'condition', condition: { ...placeOf(this), type: 'compare', operand: operandOf(operand), operator: written.call(operator as never), value: writtenOf(value) } };
  },
});

/** null for an empty text, and for one that makes no sense: syntaxFailure tells which. */
export function syntaxOf(text: string): Syntax | null {
  const match = searchGrammar.match(text);
  return match.succeeded() ? (semantics(match).syntaxOfSearch() as Syntax | null) : null;
}

semantics.addOperation<Syntax | null>('syntaxOfSearch', {
  Search(or) { return or.numChildren > 0 ? (or.children[0]!.syntax() as Syntax) : null; },
});

export interface Failure {
  /** From 0: the furthest the text makes sense. */
  at: number;
  /** What could stand there: "an operator", "a value", "and", ")". */
  expected: string[];
}

export function syntaxFailure(text: string): Failure | null {
  const match = searchGrammar.match(text);
  if (match.succeeded()) return null;
  const { getRightmostFailurePosition, getRightmostFailures } = match as unknown as {
    getRightmostFailurePosition(this: unknown): number;
    getRightmostFailures(this: unknown): { toString(): string }[];
  };
  const expected = getRightmostFailures.call(match).map((failure) => describe(failure.toString()));
  return { at: getRightmostFailurePosition.call(match), expected: [...new Set(expected)].filter((each) => each !== '') };
}

/** Quotes are told by what they begin; the statistics by what they are for. */
function describe(failure: string): string {
  if (/case-insensitive/.test(failure)) return 'max, min or last of a metric';
  const terminal = /^"(.*)"$/.exec(failure)?.[1];
  if (terminal === undefined) return failure;
  return /^(\\"|'|`)$/.test(terminal) ? '' : terminal;
}
