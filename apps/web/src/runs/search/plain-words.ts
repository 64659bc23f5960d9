/** Words alone, without any sign of the search language, mean runs with these words in their names. */
export function asSearch(typed: string, makesSense: (search: string) => boolean): string {
  const text = typed.trim();
  if (text === '' || makesSense(text) || !/^[\p{L}\p{N}_.\-/ ]+$/u.test(text) || /\b(and|or|not|in|exists|contains|has)\b/i.test(text)) return text;
  return text.split(/\s+/).map((word) => `"${word}"`).join(' ');
}
