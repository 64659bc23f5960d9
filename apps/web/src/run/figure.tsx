export function Figure({ name, value }: { name: string; value: string }) {
  return <div><dt className="text-xs text-muted">{name}</dt><dd className="num text-xl font-semibold tracking-tight">{value}</dd></div>;
}
