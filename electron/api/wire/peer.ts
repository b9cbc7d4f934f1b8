// Requests, progress, cancel and subscriptions over any Transport. The client end is typed by the
// method map; the server end runs handlers and publishes events with backpressure.
import { AppError, fromPayload, toPayload } from '../errors.ts';
import type { EventName, Events } from '../events.ts';
import { DELIVERY } from '../events.ts';
import type { Frame } from './frame.ts';
import { decodeFrame, encodeFrame } from './frame.ts';
import {
  BACKPRESSURE_BYTES,
  LATEST_EVERY_MS,
  MAX_BUFFERED_BYTES,
  MAX_REQUESTS_IN_FLIGHT,
} from './limits.ts';
import type { Input, MethodName, Output, ProgressOf } from '../methods.ts';
import type { Transport } from './transport.ts';

export interface RequestOptions<M extends MethodName> {
  readonly signal?: AbortSignal;
  readonly onProgress?: (event: ProgressOf<M>) => void;
}

/** The calling end. */
export interface Client {
  request<M extends MethodName>(
    method: M,
    input: Input<M>,
    options?: RequestOptions<M>,
  ): Promise<Output<M>>;
  subscribe<E extends EventName>(event: E, listener: (payload: Events[E]) => void): () => void;
  onClose(listener: (reason: string) => void): void;
  close(): void;
}

interface Pending {
  resolve(value: unknown): void;
  reject(error: unknown): void;
  progress(event: unknown): void;
}

/** Opens the calling end over a transport. Every open request fails with CONNECTION_CLOSED when it closes. */
export function createClient(transport: Transport): Client {
  const pending = new Map<number, Pending>();
  const listeners = new Map<EventName, Set<(payload: never) => void>>();
  const closeListeners = new Set<(reason: string) => void>();
  let nextId = 1;
  let closedBecause: string | null = null;

  const send = (frame: Frame) => transport.send(encodeFrame(frame));

  transport.onBytes((bytes) => {
    let frame: Frame;
    try {
      frame = decodeFrame(bytes);
    } catch (error) {
      transport.close(error instanceof Error ? error.message : 'bad frame');
      return;
    }
    if (frame.kind === 'event' && frame.id === 0) {
      for (const listener of listeners.get(frame.name as EventName) ?? [])
        listener(frame.payload as never);
      return;
    }
    // A cancelled request has no entry any more: its late frames are dropped, not an error.
    const request = pending.get(frame.id);
    if (!request) return;
    if (frame.kind === 'event') return request.progress(frame.payload);
    pending.delete(frame.id);
    if (frame.kind === 'result') request.resolve(frame.payload);
    else request.reject(fromPayload(frame.payload));
  });

  transport.onClose((reason) => {
    closedBecause = reason;
    for (const request of pending.values())
      request.reject(new AppError('CONNECTION_CLOSED', `The connection ended: ${reason}.`));
    pending.clear();
    for (const listener of closeListeners) listener(reason);
  });

  return {
    request: (method, input, options = {}) =>
      new Promise((resolve, reject) => {
        const { signal, onProgress } = options;
        if (signal?.aborted) return reject(signal.reason);
        if (closedBecause !== null)
          return reject(
            new AppError('CONNECTION_CLOSED', `The connection ended: ${closedBecause}.`),
          );
        const id = nextId++;
        const abort = () => {
          if (!pending.delete(id)) return;
          send({ kind: 'cancel', id, name: '', payload: null });
          reject(signal?.reason);
        };
        const settle =
          <T>(finish: (value: T) => void) =>
          (value: T) => {
            signal?.removeEventListener('abort', abort);
            finish(value);
          };
        pending.set(id, {
          resolve: settle(resolve as (value: unknown) => void),
          reject: settle(reject),
          progress: (event) => onProgress?.(event as ProgressOf<typeof method>),
        });
        signal?.addEventListener('abort', abort, { once: true });
        try {
          send({ kind: 'request', id, name: method, payload: input });
        } catch (error) {
          pending.delete(id);
          signal?.removeEventListener('abort', abort);
          reject(error);
        }
      }),
    subscribe: (event, listener) => {
      const set = listeners.get(event) ?? new Set();
      if (set.size === 0) send({ kind: 'subscribe', id: 0, name: event, payload: null });
      set.add(listener as (payload: never) => void);
      listeners.set(event, set);
      return () => {
        set.delete(listener as (payload: never) => void);
        if (set.size === 0 && closedBecause === null)
          send({ kind: 'unsubscribe', id: 0, name: event, payload: null });
      };
    },
    onClose: (listener) => {
      closeListeners.add(listener);
      if (closedBecause !== null) listener(closedBecause);
    },
    close: () => transport.close('closed by the client'),
  };
}

export interface CallContext {
  readonly signal: AbortSignal;
  /** Identity that this connection gave in session.hello; empty before. */
  readonly clientId: string;
  progress(event: unknown): void;
}

export type Handler = (input: unknown, context: CallContext) => Promise<unknown>;
export type Handlers = ReadonlyMap<string, Handler>;

/** The serving end of one connection. */
export interface ServerPeer {
  publish<E extends EventName>(event: E, payload: Events[E], key?: string): void;
  onClose(listener: (reason: string) => void): void;
  close(reason: string): void;
}

/** Serves handlers over a transport. `log` receives unknown throws with their stack; the client never does. */
export function serve(
  transport: Transport,
  handlers: Handlers,
  log: (error: unknown, method: string) => void,
): ServerPeer {
  const running = new Map<number, AbortController>();
  const subscribed = new Set<string>();
  const closeListeners = new Set<(reason: string) => void>();
  const latest = new Map<string, { event: EventName; payload: unknown }>();
  let flushTimer: ReturnType<typeof setTimeout> | undefined;
  let clientId = '';
  let open = true;

  const send = (frame: Frame) => {
    if (!open) return;
    if (transport.buffered() > MAX_BUFFERED_BYTES) return transport.close('the reader is too slow');
    transport.send(encodeFrame(frame));
  };

  const call = async (frame: Frame) => {
    const handler = handlers.get(frame.name);
    const fail = (error: unknown) =>
      send({ kind: 'error', id: frame.id, name: frame.name, payload: toPayload(error) });
    if (!handler) return fail(new AppError('UNKNOWN_METHOD', `There is no method ${frame.name}.`));
    if (running.has(frame.id))
      return fail(new AppError('BAD_REQUEST', `Request ${frame.id} is running already.`));
    if (running.size >= MAX_REQUESTS_IN_FLIGHT)
      return fail(new AppError('TOO_MANY_REQUESTS', 'Too many requests at once.'));
    const controller = new AbortController();
    running.set(frame.id, controller);
    try {
      if (frame.name === 'session.hello') clientId = clientIdOf(frame.payload);
      const result = await handler(frame.payload, {
        signal: controller.signal,
        clientId,
        progress: (event) => {
          if (!controller.signal.aborted && transport.buffered() < BACKPRESSURE_BYTES) {
            send({ kind: 'event', id: frame.id, name: frame.name, payload: event });
          }
        },
      });
      if (!controller.signal.aborted)
        send({ kind: 'result', id: frame.id, name: frame.name, payload: result });
    } catch (error) {
      if (controller.signal.aborted) return;
      if (!(error instanceof AppError)) log(error, frame.name);
      fail(error);
    } finally {
      running.delete(frame.id);
    }
  };

  /** The publisher has other readers: one that an event cannot be sent to comes back and reads anew. */
  const tell = (event: EventName, payload: unknown) => {
    try {
      send({ kind: 'event', id: 0, name: event, payload });
    } catch (error) {
      log(error, event);
      transport.close('an event could not be sent');
    }
  };

  const flush = () => {
    flushTimer = undefined;
    if (!open || latest.size === 0) return;
    if (transport.buffered() < BACKPRESSURE_BYTES) {
      for (const { event, payload } of latest.values()) tell(event, payload);
      latest.clear();
    }
    flushTimer = setTimeout(flush, LATEST_EVERY_MS);
  };

  transport.onBytes((bytes) => {
    let frame: Frame;
    try {
      frame = decodeFrame(bytes);
    } catch (error) {
      send({ kind: 'error', id: 0, name: '', payload: toPayload(error) });
      return transport.close(error instanceof Error ? error.message : 'bad frame');
    }
    if (frame.kind === 'request') void call(frame);
    else if (frame.kind === 'cancel')
      running.get(frame.id)?.abort(new AppError('CANCELLED', 'Cancelled.'));
    else if (frame.kind === 'subscribe' && Object.hasOwn(DELIVERY, frame.name))
      subscribed.add(frame.name);
    else if (frame.kind === 'unsubscribe') subscribed.delete(frame.name);
    else if (frame.kind === 'bye') transport.close('the client left');
    else transport.close(`a client must not send a frame of the kind ${frame.kind}`);
  });

  transport.onClose((reason) => {
    open = false;
    clearTimeout(flushTimer);
    for (const controller of running.values())
      controller.abort(new AppError('CONNECTION_CLOSED', reason));
    for (const listener of closeListeners) listener(reason);
  });

  return {
    publish: (event, payload, key = '') => {
      if (!open || !subscribed.has(event)) return;
      if (DELIVERY[event] === 'ordered') return tell(event, payload);
      latest.set(`${event}/${key}`, { event, payload });
      flushTimer ??= setTimeout(flush, 0);
    },
    onClose: (listener) => {
      closeListeners.add(listener);
    },
    close: (reason) => transport.close(reason),
  };
}

function clientIdOf(payload: unknown): string {
  const id =
    typeof payload === 'object' && payload !== null
      ? (payload as { clientId?: unknown }).clientId
      : '';
  return typeof id === 'string' ? id.slice(0, 64) : '';
}
