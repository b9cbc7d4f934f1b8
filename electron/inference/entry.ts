// Where an inference process begins: over the IPC channel of a forked Node process, or over the port
// that Electron's main process hands to a utility process.
import type { FromInference, ToInference } from '../link/protocol.ts';
import { serveInference } from './service.ts';

/** Electron's process.parentPort, as far as it is used; plain Node has none. */
interface ParentPort {
  on(
    event: 'message',
    listener: (event: { data: unknown; ports: readonly EnginePort[] }) => void,
  ): void;
}

interface EnginePort {
  postMessage(message: unknown): void;
  on(event: 'message' | 'close', listener: (event: { data: unknown }) => void): void;
  start(): void;
}

const exit = (code: number) => process.exit(code);
const parentPort = (process as { parentPort?: ParentPort }).parentPort;

if (parentPort) {
  parentPort.on('message', ({ ports }) => {
    const port = ports[0];
    if (!port) return;
    serveInference(
      {
        post: (message: FromInference) => port.postMessage(message),
        onMessage: (listener) => port.on('message', (event) => listener(event.data as ToInference)),
      },
      { exit },
    );
    // The engine is gone: no process waits for an answer.
    port.on('close', () => exit(0));
    port.start();
  });
} else if (process.send) {
  // Ctrl-C reaches the whole process group; the parent decides what it means for an image in work.
  process.on('SIGINT', () => undefined);
  // The parent may end at any time; then there is nobody to work for.
  process.on('disconnect', () => exit(0));
  serveInference(
    {
      post(message) {
        if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
      },
      onMessage: (listener) => process.on('message', (message) => listener(message as ToInference)),
    },
    { exit },
  );
} else {
  console.error(
    'This file is a part of Salience and does nothing by itself; start Salience instead.',
  );
  exit(2);
}
