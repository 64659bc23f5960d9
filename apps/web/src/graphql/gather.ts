/** Takes in what comes in many small parts, and passes on all of it at once: `restMs` after the first, at the latest. */
export interface Gathering<Part> {
  add(parts: readonly Part[]): void;
  /** Passes on what still waits; nothing comes any more. */
  finish(): void;
}

export function gather<Part>(restMs: number, pass: (parts: Part[]) => void): Gathering<Part> {
  let waiting: Part[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const finish = () => {
    clearTimeout(timer);
    timer = undefined;
    const parts = waiting;
    waiting = [];
    if (parts.length > 0) pass(parts);
  };
  return {
    add(parts) {
      if (parts.length === 0) return;
      waiting.push(...parts);
      timer ??= setTimeout(finish, restMs);
    },
    finish,
  };
}
