/** A run that a script logs, rather than a trainer. */
export const ExternalBadge = () => <span title="Logged by a script" className="rounded border px-1.5 text-xs font-normal text-muted">external</span>;
