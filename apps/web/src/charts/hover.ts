export interface Hover {
  /** position on the x axis that is pointed at */
  x: number | null;
  /** the run or line that is pointed at */
  id: string | null;
}

/** What is pointed at, shared by charts and legends. Outside React: it follows the pointer. */
export interface HoverStore {
  get: () => Hover;
  set: (next: Hover) => void;
  subscribe: (listener: () => void) => () => void;
}

export function createHover(): HoverStore {
  let hover: Hover = { x: null, id: null };
  const listeners = new Set<() => void>();
  return {
    get: () => hover,
    set: (next) => {
      if (next.x === hover.x && next.id === hover.id) return;
      hover = next;
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
