// The inference process of the desktop: the main process starts it and hands the engine one port per
// generation. Posts are copies; a transfer list would lose buffers between Electron's processes.
import type { FromInference, ToInference } from '../../link/protocol.ts';
import type { SpawnInference } from './link.ts';

/** The part of MessagePort and Electron's MessagePortMain that is used. */
export interface PortLike {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
  start(): void;
  close(): void;
}

/** What the main process does for the engine: start, kill, and tell of the exit. */
export interface PortBroker {
  start(generation: number): Promise<PortLike>;
  kill(generation: number): void;
  onExit(listener: (generation: number, reason: string) => void): void;
}

/** Processes that a broker starts. Messages wait until the port is there. */
export function portSpawner(broker: PortBroker): SpawnInference {
  const exits = new Map<number, (reason: string) => void>();
  broker.onExit((generation, reason) => {
    exits.get(generation)?.(reason);
    exits.delete(generation);
  });
  return (generation) => {
    let port: PortLike | null = null;
    const queue: ToInference[] = [];
    let receive: ((message: FromInference) => void) | null = null;
    let killed = false;
    broker.start(generation).then(
      (opened) => {
        if (killed) return opened.close();
        port = opened;
        opened.on('message', (event) => receive?.(event.data as FromInference));
        opened.start();
        for (const message of queue.splice(0)) opened.postMessage(message);
      },
      (error: unknown) => {
        exits.get(generation)?.(error instanceof Error ? error.message : String(error));
        exits.delete(generation);
      },
    );
    return {
      post(message) {
        if (port) port.postMessage(message);
        else queue.push(message);
      },
      onMessage(listener) {
        receive = listener;
      },
      onExit(listener) {
        exits.set(generation, (reason) => {
          port?.close();
          listener(reason);
        });
      },
      kill() {
        killed = true;
        broker.kill(generation);
      },
    };
  };
}
