import { formatSetting, formatValue } from '../../format/numbers';
import { same } from './config-diff';

/** What was not given to a run at all, unlike what was given as null. */
export const notSet = 'not set';

/** The values of a row as its cells say them: shortened where they stay apart. */
export function factTexts(values: readonly unknown[]): string[] {
  const firstOf = new Map<string, unknown>();
  const alike = new Set<string>();
  const texts = values.map((value) => (value === undefined ? notSet : formatSetting(value)));
  texts.forEach((text, place) => {
    if (!firstOf.has(text)) firstOf.set(text, values[place]);
    else if (!same(firstOf.get(text), values[place])) alike.add(text);
  });
  return texts.map((text, place) => (alike.has(text) && values[place] !== undefined ? formatValue(values[place]) : text));
}
