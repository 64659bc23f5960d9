/** of: which of several values it is, such as "max" or "epoch 8". */
export function Figure({ name, of, value }: { name: string; of?: string; value: string }) {
  return <div><dt className="text-xs text-muted">{name}{of && <span className="text-faint"> {of}</span>}</dt><dd className="num text-xl font-semibold tracking-tight">{value}</dd></div>;
}
