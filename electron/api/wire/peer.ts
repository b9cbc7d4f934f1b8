// The serving end of a connection: runs handlers and publishes events with backpressure.
import { AppError, toPayload } from '../errors.ts';
import { DELIVERY, type EventName, type Events } from '../events.ts';
import { decodeFrame, encodeFrame, type Frame } from './frame.ts';
import {
  BACKPRESSURE_BYTES,
  LATEST_EVERY_MS,
  MAX_BUFFERED_BYTES,
  MAX_REQUESTS_IN_FLIGHT,
} from './limits.ts';
import type { Transport } from './transport.ts';

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

type Log = (error: unknown, method: string) => void;

/** Serves handlers over a transport. `log` receives unknown throws with their stack; the client never does. */
export function serve(transport: Transport, handlers: Handlers, log: Log): ServerPeer {
  const subscribed = new Set<string>();
  const closeListeners = new Set<(reason: string) => void>();
  let open = true;

  const line: Line = {
    send(frame) {
      if (!open) return;
      if (transport.buffered() > MAX_BUFFERED_BYTES)
        return transport.close('the reader is too slow');
      transport.send(encodeFrame(frame));
    },
    isFree: () => transport.buffered() < BACKPRESSURE_BYTES,
    log,
  };
  /** The publisher has other readers: one that an event cannot be sent to comes back and reads again. */
  const tell = (event: EventName, payload: unknown) => {
    try {
      line.send({ kind: 'event', id: 0, name: event, payload });
    } catch (error) {
      log(error, event);
      transport.close('an event could not be sent');
    }
  };
  const calls = openCalls(handlers, line);
  const latest = latestEvents(tell, line.isFree);

  transport.onBytes((bytes) => {
    let frame: Frame;
    try {
      frame = decodeFrame(bytes);
    } catch (error) {
      line.send({ kind: 'error', id: 0, name: '', payload: toPayload(error) });
      return transport.close(error instanceof Error ? error.message : 'bad frame');
    }
    if (frame.kind === 'request') void calls.start(frame);
    else if (frame.kind === 'cancel') calls.cancel(frame.id);
    else if (frame.kind === 'subscribe' && Object.hasOwn(DELIVERY, frame.name))
      subscribed.add(frame.name);
    else if (frame.kind === 'unsubscribe') subscribed.delete(frame.name);
    else if (frame.kind === 'bye') transport.close('the client left');
    else transport.close(`a client must not send a frame of the kind ${frame.kind}`);
  });

  transport.onClose((reason) => {
    open = false;
    latest.stop();
    calls.end(reason);
    for (const listener of closeListeners) listener(reason);
  });

  return {
    publish: (event, payload, key = '') => {
      if (!open || !subscribed.has(event)) return;
      if (DELIVERY[event] === 'ordered') tell(event, payload);
      else latest.put(event, payload, key);
    },
    onClose: (listener) => {
      closeListeners.add(listener);
    },
    close: (reason) => transport.close(reason),
  };
}

/** The way to the client. */
interface Line {
  send(frame: Frame): void;
  /** The client keeps up, so no event needs to be skipped. */
  isFree(): boolean;
  readonly log: Log;
}

/** Requests that are being worked on. */
function openCalls(handlers: Handlers, { send, isFree, log }: Line) {
  const running = new Map<number, AbortController>();
  let clientId = '';

  const refusal = ({ id, name }: Frame): AppError | null => {
    if (!handlers.has(name)) return new AppError('UNKNOWN_METHOD', `There is no method ${name}.`);
    if (running.has(id)) return new AppError('BAD_REQUEST', `Request ${id} is running already.`);
    if (running.size >= MAX_REQUESTS_IN_FLIGHT)
      return new AppError('TOO_MANY_REQUESTS', 'Too many requests at once.');
    return null;
  };

  return {
    async start(frame: Frame): Promise<void> {
      const { id, name } = frame;
      const fail = (error: unknown) => send({ kind: 'error', id, name, payload: toPayload(error) });
      const refused = refusal(frame);
      if (refused) return fail(refused);
      const controller = new AbortController();
      const { signal } = controller;
      running.set(id, controller);
      try {
        if (name === 'session.hello') clientId = clientIdOf(frame.payload);
        const progress = (payload: unknown) => {
          if (!signal.aborted && isFree()) send({ kind: 'event', id, name, payload });
        };
        const payload = await handlers.get(name)!(frame.payload, { signal, clientId, progress });
        if (!signal.aborted) send({ kind: 'result', id, name, payload });
      } catch (error) {
        if (signal.aborted) return;
        if (!(error instanceof AppError)) log(error, name);
        fail(error);
      } finally {
        running.delete(id);
      }
    },
    cancel: (id: number) => running.get(id)?.abort(new AppError('CANCELLED', 'Cancelled.')),
    end(reason: string): void {
      for (const controller of running.values())
        controller.abort(new AppError('CONNECTION_CLOSED', reason));
    },
  };
}

/** Events of which only the newest per key counts: sent at intervals, and held back while the client lags. */
function latestEvents(tell: (event: EventName, payload: unknown) => void, isFree: () => boolean) {
  const latest = new Map<string, { event: EventName; payload: unknown }>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  const flush = () => {
    timer = undefined;
    if (stopped || latest.size === 0) return;
    if (isFree()) {
      for (const { event, payload } of latest.values()) tell(event, payload);
      latest.clear();
    }
    timer = setTimeout(flush, LATEST_EVERY_MS);
  };
  return {
    put(event: EventName, payload: unknown, key: string): void {
      latest.set(`${event}/${key}`, { event, payload });
      timer ??= setTimeout(flush, 0);
    },
    stop(): void {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

function clientIdOf(payload: unknown): string {
  const id =
    typeof payload === 'object' && payload !== null
      ? (payload as { clientId?: unknown }).clientId
      : '';
  return typeof id === 'string' ? id.slice(0, 64) : '';
}
