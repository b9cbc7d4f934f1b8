// Moving bytes, nothing else. MessagePort, WebSocket, child process and memory look the same from above.
import { BACKPRESSURE_BYTES } from './limits.ts';

export interface Transport {
  /** Queues one whole frame; never splits or joins. */
  send(bytes: Uint8Array): void;
  onBytes(listener: (bytes: Uint8Array) => void): void;
  /** Called once, with a reason for the log. */
  onClose(listener: (reason: string) => void): void;
  /** Bytes accepted but not yet handed to the other side. */
  buffered(): number;
  close(reason?: string): void;
}

/** The part of a MessagePort (DOM, Node or Electron's) that is used. */
export interface PortLike {
  postMessage(message: unknown): void;
  close(): void;
}

/** Wraps a port; the caller wires its events to the returned `receive` and `closed`, since hosts name them differently. */
export function portTransport(
  port: PortLike,
): Transport & { receive(message: unknown): void; closed(reason: string): void } {
  const link = listeners();
  const close = (reason = 'closed here') => {
    port.close();
    link.closed(reason);
  };
  return {
    ...link.face,
    // An exact-size copy: posting a view clones its whole backing buffer, and a transfer list loses the message in Electron.
    send: (bytes) =>
      port.postMessage(bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice()),
    buffered: () => 0,
    close,
    receive: (message) => {
      if (message instanceof Uint8Array) link.bytes(message);
      else close('the other side sent something that is not bytes');
    },
    closed: link.closed,
  };
}

/** The part of a WebSocket (DOM or ws) that is used. */
export interface SocketLike {
  readonly bufferedAmount: number;
  send(bytes: Uint8Array<ArrayBuffer>): void;
  close(code?: number, reason?: string): void;
  /** Where the host can cut the line without waiting for the reader (ws). */
  terminate?(): void;
}

/** The most bytes that a close frame holds of a reason (RFC 6455, 5.5.1). */
const MAX_REASON_BYTES = 123;

/** The reason cut to the bytes that fit, between two letters. */
function closeReason(reason: string): string {
  const bytes = new Uint8Array(MAX_REASON_BYTES);
  const { read } = new TextEncoder().encodeInto(reason, bytes);
  return reason.slice(0, read);
}

/** Wraps a WebSocket; the caller wires its events, since hosts name them differently. */
export function socketTransport(
  socket: SocketLike,
): Transport & { receive(message: unknown): void; closed(reason: string): void } {
  const link = listeners();
  const close = (reason = 'closed here') => {
    // A polite close queues behind what was not read; a reader that far behind gets none.
    if (socket.terminate && socket.bufferedAmount > BACKPRESSURE_BYTES) socket.terminate();
    else socket.close(1000, closeReason(reason));
    link.closed(reason);
  };
  return {
    ...link.face,
    send: (bytes) => socket.send(bytes as Uint8Array<ArrayBuffer>),
    buffered: () => socket.bufferedAmount,
    close,
    receive: (message) => {
      if (message instanceof Uint8Array) link.bytes(message);
      else if (message instanceof ArrayBuffer) link.bytes(new Uint8Array(message));
      else close('the other side sent text, not bytes');
    },
    closed: link.closed,
  };
}

/** Two ends in one thread; frames are copied and delivered later, as a real wire would. */
export function memoryPair(): [Transport, Transport] {
  const left = listeners();
  const right = listeners();
  const end = (
    own: ReturnType<typeof listeners>,
    other: ReturnType<typeof listeners>,
  ): Transport => ({
    ...own.face,
    send: (bytes) => {
      const copy = bytes.slice();
      queueMicrotask(() => other.bytes(copy));
    },
    buffered: () => 0,
    close: (reason = 'closed here') => {
      own.closed(reason);
      queueMicrotask(() => other.closed(reason));
    },
  });
  return [end(left, right), end(right, left)];
}

function listeners() {
  let onBytes: ((bytes: Uint8Array) => void) | null = null;
  let onClose: ((reason: string) => void) | null = null;
  let closedBecause: string | null = null;
  // Bytes that come before someone listens are kept, so that wiring order cannot lose a frame.
  let early: Uint8Array[] = [];
  return {
    bytes: (bytes: Uint8Array) => {
      if (closedBecause !== null) return;
      if (onBytes) onBytes(bytes);
      else early.push(bytes);
    },
    closed: (reason: string) => {
      if (closedBecause !== null) return;
      closedBecause = reason;
      onClose?.(reason);
    },
    face: {
      onBytes: (listener: (bytes: Uint8Array) => void) => {
        onBytes = listener;
        const waiting = early;
        early = [];
        for (const bytes of waiting) listener(bytes);
      },
      onClose: (listener: (reason: string) => void) => {
        onClose = listener;
        if (closedBecause !== null) listener(closedBecause);
      },
    },
  };
}
