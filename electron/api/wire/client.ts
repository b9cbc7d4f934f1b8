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
