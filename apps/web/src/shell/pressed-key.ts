/** What was pressed, as shortcuts are declared: a letter by itself or after "Shift+", whatever Caps Lock does to it; a sign as it is written, however many keys that takes. */
export function pressedKey({ key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>): string {
  if (!/^\p{L}$/u.test(key)) return key;
  return `${shiftKey ? 'Shift+' : ''}${key.toLowerCase()}`;
}
