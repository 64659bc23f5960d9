/** Text that reads like a number or a truth stands in quotes: the search language tells 16 and "16" apart, and so do runs. */
export const quoted = (value: unknown): unknown => (typeof value === 'string' && (/^(true|false|on|off)$/i.test(value) || (value.trim() !== '' && Number.isFinite(Number(value)))) ? `"${value}"` : value);
