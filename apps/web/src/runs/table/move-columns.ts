/** Columns after one was moved; the name stays first. */
export function moveBefore(ids: readonly string[], id: string, before: string | null): string[] {
  const rest = ids.filter((each) => each !== id);
  const at = before === null ? rest.length : Math.max(1, rest.indexOf(before));
  return [...rest.slice(0, at), id, ...rest.slice(at)];
}

export function stepBy(ids: readonly string[], id: string, by: -1 | 1): string[] {
  const at = ids.indexOf(id);
  const to = at + by;
  if (at < 1 || to < 1 || to >= ids.length) return [...ids];
  const next = [...ids];
  [next[at], next[to]] = [next[to]!, next[at]!];
  return next;
}

/** The first `pin` columns are pinned: who is to be joins them at their end, who is no longer stands right behind them. */
export function setPinned(ids: readonly string[], pin: number, id: string, on: boolean): { cols: string[]; pin: number } {
  const isPinned = ids.indexOf(id) < pin;
  if (isPinned === on || !ids.includes(id)) return { cols: [...ids], pin };
  const rest = ids.filter((each) => each !== id);
  const at = on ? pin : pin - 1;
  return { cols: [...rest.slice(0, at), id, ...rest.slice(at)], pin: on ? pin + 1 : pin - 1 };
}
