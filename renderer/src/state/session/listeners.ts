// Listeners of the engine's events across reconnects: a new connection is subscribed for all of them.
import type { EventName, Events } from '../../../../electron/api/events.ts';
import type { Client } from '../../../../electron/api/wire/client.ts';

interface Listening {
  readonly event: EventName;
  readonly listener: (payload: never) => void;
  /** Ends it on the connection of now. */
  end?: () => void;
}

export class Listeners {
  #all: Listening[] = [];
  #client: Client | null = null;

  connect(client: Client): void {
    this.#client = client;
    for (const entry of this.#all)
      entry.end = client.subscribe(
        entry.event,
        entry.listener as (payload: Events[EventName]) => void,
      );
  }

  /** Listens until `signal` aborts; without one, until the window closes. */
  add<E extends EventName>(
    event: E,
    listener: (payload: Events[E]) => void,
    signal?: AbortSignal,
  ): void {
    const entry: Listening = { event, listener: listener as (payload: never) => void };
    this.#all.push(entry);
    if (this.#client) entry.end = this.#client.subscribe(event, listener);
    signal?.addEventListener('abort', () => {
      this.#all = this.#all.filter((other) => other !== entry);
      entry.end?.();
    });
  }
}
