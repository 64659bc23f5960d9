/** A metric for a table cell: enough digits to tell runs apart, never a wall of them. What is counted is whole: "1,020,000" */
export function formatMetric(value: number | null | undefined): string {
  if (value === null || value === undefined) return '–';
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e10) return formatCount(value);
  if (size >= 1e6 || size < 1e-3) return value.toExponential(2);
  if (size >= 100) return tenths.format(value);
  return value.toFixed(4);
}

/** Kept: to make one takes longer than to write a row of a table. */
const tenths = new Intl.NumberFormat('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

export const formatCount = (count: number): string => count.toLocaleString('en-US');

/** Things a second, to about three digits: 7.3, 210, 13,900 */
export const formatRate = (rate: number): string => formatCount(Number(rate.toFixed(rate < 100 ? 1 : 0)));

/** 234567 → "235 K", 4200000 → "4.2 M" */
export function formatCompact(count: number): string {
  const [value, unit] = count >= 1e9 ? [count / 1e9, ' G'] : count >= 1e6 ? [count / 1e6, ' M'] : count >= 1e3 ? [count / 1e3, ' K'] : [count, ''];
  return `${value >= 100 || unit === '' ? Math.round(value) : Number(value.toFixed(1))}${unit}`;
}

export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[power - 1]}`;
}

/** Memory, as it is bought and asked for: 25232932864 → "23.5 GiB" */
export const formatGib = (bytes: number): string => `${Number((bytes / 2 ** 30).toFixed(1))} GiB`;

export const formatPercent = (share: number, digits = 1): string => `${(share * 100).toFixed(digits)} %`;

/** "1 run", "2 runs" */
export const plural = (count: number, one: string, many = `${one}s`): string => `${formatCount(count)} ${count === 1 ? one : many}`;

export const shortDigest = (digest: string): string => digest.slice(0, 12);

/** A hyperparameter for people: whole numbers as they are, others with so many significant digits. */
export const formatSetting = (value: unknown, digits = 4): string => (typeof value === 'number' && !Number.isInteger(value) ? String(Number(value.toPrecision(digits))) : formatValue(value));

/** A hyperparameter or fact of any shape, every digit of it. */
export function formatValue(value: unknown): string {
  if (value === undefined || value === null) return '–';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}
