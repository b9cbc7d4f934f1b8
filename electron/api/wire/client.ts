// The calling end of a connection, typed by the method map: requests, progress, cancel, subscriptions.
import { AppError, fromPayload } from '../errors.ts';
import type { EventName, Events } from '../events.ts';
import { decodeFrame, encodeFrame, type Frame } from './frame.ts';
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

/** Opens the calling end over a transport. Every open request fails with CONNECTION_CLOSED when it closes. */
export function createClient(transport: Transport): Client {
  const closeListeners = new Set<(reason: string) => void>();
  let closedBecause: string | null = null;
  const send = (frame: Frame) => transport.send(encodeFrame(frame));
  const requests = openRequests((frame) => {
    if (closedBecause !== null) throw connectionClosed(closedBecause);
    send(frame);
  });
  const subscriptions = openSubscriptions((frame) => {
    if (closedBecause === null || frame.kind === 'subscribe') send(frame);
  });

  transport.onBytes((bytes) => {
    let frame: Frame;
    try {
      frame = decodeFrame(bytes);
    } catch (error) {
      transport.close(error instanceof Error ? error.message : 'bad frame');
      return;
    }
    if (frame.kind === 'event' && frame.id === 0) subscriptions.tell(frame);
    else requests.take(frame);
  });

  transport.onClose((reason) => {
    closedBecause = reason;
    requests.fail(connectionClosed(reason));
    for (const listener of closeListeners) listener(reason);
  });

  return {
    request: requests.start,
    subscribe: subscriptions.add,
    onClose: (listener) => {
      closeListeners.add(listener);
      if (closedBecause !== null) listener(closedBecause);
    },
    close: () => transport.close('closed by the client'),
  };
}

const connectionClosed = (reason: string) =>
  new AppError('CONNECTION_CLOSED', `The connection ended: ${reason}.`);

interface Pending {
  resolve(value: unknown): void;
  reject(error: unknown): void;
  progress(event: unknown): void;
}

/** Requests without an answer yet. */
function openRequests(send: (frame: Frame) => void) {
  const pending = new Map<number, Pending>();
  let nextId = 1;
  const start: Client['request'] = (method, input, { signal, onProgress } = {}) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
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
      const request: Pending = {
        resolve: settle(resolve as (value: unknown) => void),
        reject: settle(reject),
        progress: (event) => onProgress?.(event as ProgressOf<typeof method>),
      };
      pending.set(id, request);
      signal?.addEventListener('abort', abort, { once: true });
      try {
        send({ kind: 'request', id, name: method, payload: input });
      } catch (error) {
        pending.delete(id);
        request.reject(error);
      }
    });
  return {
    start,
    take(frame: Frame): void {
      // A cancelled request has no entry any more: its late frames are dropped, not an error.
      const request = pending.get(frame.id);
      if (!request) return;
      if (frame.kind === 'event') return request.progress(frame.payload);
      pending.delete(frame.id);
      if (frame.kind === 'result') request.resolve(frame.payload);
      else request.reject(fromPayload(frame.payload));
    },
    fail(error: AppError): void {
      for (const request of pending.values()) request.reject(error);
      pending.clear();
    },
  };
}

/** Subscribes at the engine with an event's first listener, unsubscribes with its last. */
function openSubscriptions(send: (frame: Frame) => void) {
  const listeners = new Map<EventName, Set<(payload: never) => void>>();
  const add: Client['subscribe'] = (event, listener) => {
    const set = listeners.get(event) ?? new Set();
    if (set.size === 0) send({ kind: 'subscribe', id: 0, name: event, payload: null });
    set.add(listener as (payload: never) => void);
    listeners.set(event, set);
    return () => {
      set.delete(listener as (payload: never) => void);
      if (set.size === 0) send({ kind: 'unsubscribe', id: 0, name: event, payload: null });
    };
  };
  return {
    add,
    tell({ name, payload }: Frame): void {
      for (const listener of listeners.get(name as EventName) ?? []) listener(payload as never);
    },
  };
}
