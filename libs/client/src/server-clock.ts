/**
 * The wall clock of the server, as the Date of its answers tells it: whoever reports moments to it means its clock, and a
 * trainer's own may be wrong. Date tells whole seconds, so only what cannot be the network's doing counts as a difference.
 */
export class ServerClock {
  /** Milliseconds that the server's clock is ahead of ours; 0 while nothing speaks against it. */
  aheadMs = 0;

  /** An answer with that Date came now to what was sent then. */
  hear(date: string | undefined, sentAt: number, receivedAt: number): void {
    const told = Date.parse(date ?? '');
    if (Number.isNaN(told)) return;
    if (told > receivedAt) this.aheadMs = told - receivedAt;
    else if (told + 1_000 < sentAt) this.aheadMs = told + 1_000 - sentAt;
    else this.aheadMs = 0;
  }

  now(): Date {
    return new Date(Date.now() + this.aheadMs);
  }
}

const clocks = new Map<string, ServerClock>();

/** One per server, whatever number of clients speak to it. */
export function serverClockOf(url: string): ServerClock {
  const clock = clocks.get(url) ?? new ServerClock();
  clocks.set(url, clock);
  return clock;
}
