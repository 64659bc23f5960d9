/** value: share from 0 to 1; null while it is not known how much there is. */
export function ProgressBar({ value, label }: { value: number | null; label: string }) {
  return (
    <div role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={value === null ? undefined : Math.round(value * 100)}
      className="h-1.5 w-full overflow-hidden rounded-full bg-hover">
      <div className={value === null ? 'h-full w-1/3 animate-pulse rounded-full bg-accent' : 'h-full rounded-full bg-accent transition-[width]'}
        style={value === null ? undefined : { width: `${Math.min(100, value * 100)}%` }} />
    </div>
  );
}
