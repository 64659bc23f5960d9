import { parseAsArrayOf, parseAsBoolean, parseAsString, parseAsStringLiteral } from 'nuqs';

export const views = ['parallel', 'scatter', 'importance', 'data'] as const;
export type View = (typeof views)[number];

/** What the tab shows, in the page's address. Columns are named by their ids. */
export const parametersAddress = {
  see: parseAsStringLiteral(views).withDefault('parallel'),
  target: parseAsString.withDefault('best:val/accuracy'),
  /** Left out: what the key says. */
  better: parseAsStringLiteral(['higher', 'lower']),
  /** Left out: those that vary. */
  axes: parseAsArrayOf(parseAsString),
  /** Scales other than what the values suggest. */
  log: parseAsArrayOf(parseAsString).withDefault([]),
  linear: parseAsArrayOf(parseAsString).withDefault([]),
  pass: parseAsString.withDefault(''),
  sx: parseAsString,
  sy: parseAsString,
  colour: parseAsString,
  size: parseAsString,
  front: parseAsBoolean.withDefault(false),
  trend: parseAsBoolean.withDefault(false),
  xbetter: parseAsStringLiteral(['higher', 'lower']),
};
