import { setTimeout as sleep } from 'node:timers/promises';
import type { Live } from './notify/live';
import type { TestApi } from './testing';

/** Reads until it is so; says what was waited for when that takes too long. */
export async function eventually(what: string, isSo: () => boolean | Promise<boolean>, timeoutMs = 10_000): Promise<void> {
  for (const started = Date.now(); !(await isSo()); await sleep(10)) {
    if (Date.now() - started > timeoutMs) throw new Error(`Waited ${timeoutMs / 1000} s for ${what}.`);
  }
}

/** The events of one subscription, as they come. */
export class Collected<Event> {
  readonly events: Event[] = [];
  readonly #subscription: AsyncGenerator<Event, void, void>;
  readonly #reading: Promise<void>;
  #error: unknown;

  constructor(api: TestApi, query: string, variables?: Record<string, unknown>) {
    const subscription: AsyncGenerator<Event, void, void> = api.subscribe(query, variables);
    this.#subscription = subscription;
    this.#reading = (async () => {
      for await (const event of subscription) this.events.push(event);
    })().catch((error) => void (this.#error = error));
  }

  async until(what: string, accept: (events: Event[]) => boolean): Promise<Event[]> {
    await eventually(`${what} among ${this.events.length} events`, () => {
      if (this.#error) throw this.#error;
      return accept(this.events);
    });
    return this.events;
  }

  async stop(): Promise<void> {
    void this.#subscription.return();
    await this.#reading;
  }
}

/** A subscription that is in place: what happens from now on is told. */
export async function follow<Event>(api: TestApi, feed: keyof Live, query: string, variables?: Record<string, unknown>): Promise<Collected<Event>> {
  const before = api.services.live[feed].followers;
  const collected = new Collected<Event>(api, query, variables);
  await eventually('the subscription', () => api.services.live[feed].followers > before);
  return collected;
}
