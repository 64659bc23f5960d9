export interface Curve {
  title: string;
  lines: { key: string; label: string; colour: string; dash?: number[] }[];
}

const train = { label: 'train', colour: 'var(--run-1)', dash: [5, 4] };
const val = { label: 'validation', colour: 'var(--run-0)' };

/** train/x and val/x make one curve x; every other metric is a curve of its own. In the order of the keys. */
export function curvesOf(keys: readonly string[]): Curve[] {
  const curves = new Map<string, Curve>();
  for (const key of keys) {
    const [, part, name] = /^(train|val)\/(.+)$/.exec(key) ?? [];
    const title = name ?? key;
    const line = part === 'train' ? { key, ...train } : part === 'val' ? { key, ...val } : { key, label: 'last', colour: 'var(--run-2)' };
    const curve = curves.get(title);
    if (curve) curve.lines.unshift(line);
    else curves.set(title, { title, lines: [line] });
  }
  return [...curves.values()];
}
