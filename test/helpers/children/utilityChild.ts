// Runs in a Node child what Electron would run in a utility process: process.parentPort and its message
// ports over the IPC channel of the child, then the entry itself.
import { pathToFileURL } from 'node:url';
import type { PortFrame } from '../drivers/utilityProcesses.ts';

type Listener = (event: { data: unknown; ports?: readonly unknown[] }) => void;

const waiting = new Map<number, Listener[]>();
const kept = new Map<number, unknown[]>();
const send = (frame: PortFrame) => process.send?.(frame);

/** A port whose other end is in the parent; what comes before `start` waits, as with Electron's. */
function port(id: number) {
  kept.set(id, []);
  const listeners: Listener[] = [];
  return {
    postMessage: (data: unknown) => send({ port: id, data }),
    on: (event: string, listener: Listener) => event === 'message' && listeners.push(listener),
    start() {
      waiting.set(id, listeners);
      for (const data of kept.get(id) ?? []) listeners.forEach((listener) => listener({ data }));
      kept.delete(id);
    },
    close: () => waiting.delete(id),
  };
}

const parents: Listener[] = [];
Object.assign(process, {
  parentPort: {
    postMessage: (data: unknown) => send({ port: 0, data }),
    on: (_event: 'message', listener: Listener) => parents.push(listener),
  },
});
process.on('message', ({ port: id, data, ports = [] }: PortFrame) => {
  if (id === 0) parents.forEach((listener) => listener({ data, ports: ports.map(port) }));
  else if (kept.has(id)) kept.get(id)!.push(data);
  else waiting.get(id)?.forEach((listener) => listener({ data }));
});
process.on('disconnect', () => process.exit(0));

// Entries start by their being loaded; the first message comes after that.
await import(pathToFileURL(process.argv[2]!).href);
send({ port: -1, data: 'loaded' });
