// The engine's side of the window's process: windows' ports in, inference ports in, handles and media out.
import type { FromEngine, SecretRequest, ToEngine } from '../api/wire/brokering.ts';
import { serve } from '../api/wire/peer.ts';
import type { ServerPeer } from '../api/wire/peer.ts';
import { portTransport } from '../api/wire/transport.ts';
import type { Engine } from './engine.ts';
import type { PortBroker, PortLike } from './inferenceLink/port.ts';
import type { SecretStore } from './secrets/secretStore.ts';

/** A window's port as Electron gives it to a utility process. */
export interface WindowPort extends Omit<PortLike, 'on'> {
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
}

/** Electron's process.parentPort, as far as it is used. */
export interface ParentPort {
  postMessage(message: FromEngine): void;
  on(
    event: 'message',
    listener: (event: { data: ToEngine; ports: readonly WindowPort[] }) => void,
  ): unknown;
}

export interface Desktop {
  readonly broker: PortBroker;
  /** The system's secret store, kept by the window's process. */
  readonly secrets: SecretStore;
  /** Shows a file in the system's file manager. */
  readonly showFile: (path: string) => void;
  /** Opens a page of this program in the system's browser. */
  readonly openPage: (path: string) => void;
  /** The system's proxy for an address, which the window's process knows. */
  readonly proxyFor: (url: string) => Promise<string | null>;
  /** Takes over once the engine exists; messages that came before are handled then. */
  attach(engine: Engine): void;
}

/** Wires the parent port; `onStart` gets the first message, `onStopped` runs after the engine has closed. */
export function desktopWiring(
  parent: ParentPort,
  on: { start(message: Extract<ToEngine, { kind: 'start' }>): void; stopped(): void },
): Desktop {
  const early: { data: ToEngine; ports: readonly WindowPort[] }[] = [];
  const starts = new Map<number, (port: PortLike) => void>();
  const peers = new Set<ServerPeer>();
  const pictures = new Map<number, AbortController>();
  const asked = new Map<number, (answer: string | boolean | null) => void>();
  let nextId = 1;
  let exited: (generation: number, reason: string) => void = () => {};
  let engine: Engine | null = null;
  const log = (line: string) => parent.postMessage({ kind: 'log', line });

  const connect = (port: WindowPort, { handlers }: Engine) => {
    const transport = portTransport(port);
    port.on('message', ({ data }) => transport.receive(data));
    port.on('close', () => transport.closed('the window went away'));
    const peer = serve(transport, handlers, (error, method) =>
      log(`${method}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`),
    );
    peers.add(peer);
    peer.onClose(() => peers.delete(peer));
    port.start();
  };

  const handle = async (
    { data, ports }: { data: ToEngine; ports: readonly WindowPort[] },
    current: Engine,
  ): Promise<void> => {
    const [port] = ports;
    switch (data.kind) {
      case 'client':
        if (port) connect(port, current);
        return;
      case 'path':
        return parent.postMessage({
          kind: 'path',
          id: data.id,
          handle: current.handleOf(data.path),
        });
      case 'media': {
        const wanted = new AbortController();
        pictures.set(data.id, wanted);
        const media = await current.media(data.path, wanted.signal).catch((error: unknown) => {
          if (!wanted.signal.aborted) log(`media ${data.path}: ${String(error)}`);
          return null;
        });
        pictures.delete(data.id);
        if (wanted.signal.aborted) return;
        return parent.postMessage({ kind: 'media', id: data.id, media });
      }
      case 'mediaGone':
        return pictures.get(data.id)?.abort();
      case 'stop':
        await current.close();
        parent.postMessage({ kind: 'stopped' });
        return on.stopped();
      case 'start':
      case 'inference':
      case 'inferenceExited':
      case 'secret':
      case 'proxy':
        return;
    }
  };

  parent.on('message', (event) => {
    const { data, ports } = event;
    if (data.kind === 'start') return on.start(data);
    if (data.kind === 'inference') {
      const [port] = ports;
      if (port) starts.get(data.generation)?.(port as PortLike);
      starts.delete(data.generation);
      return;
    }
    if (data.kind === 'inferenceExited') return exited(data.generation, data.reason);
    if (data.kind === 'secret' || data.kind === 'proxy') {
      asked.get(data.id)?.(data.answer);
      asked.delete(data.id);
      return;
    }
    if (engine) void handle(event, engine);
    else early.push(event);
  });

  const answerTo = (question: (id: number) => FromEngine) =>
    new Promise<string | boolean | null>((resolve) => {
      const id = nextId++;
      asked.set(id, resolve);
      parent.postMessage(question(id));
    });
  const ask = (request: SecretRequest) => answerTo((id) => ({ kind: 'secret', id, request }));

  return {
    secrets: {
      lasts: async () => (await ask({ verb: 'lasts' })) === true,
      async get(name) {
        const answer = await ask({ verb: 'get', name });
        return typeof answer === 'string' ? answer : null;
      },
      set: async (name, secret) => (await ask({ verb: 'set', name, secret })) === true,
      remove: async (name) => void (await ask({ verb: 'remove', name })),
    },
    showFile: (path) => parent.postMessage({ kind: 'showFile', path }),
    openPage: (path) => parent.postMessage({ kind: 'openPage', path }),
    async proxyFor(url) {
      const answer = await answerTo((id) => ({ kind: 'proxy', id, url }));
      return typeof answer === 'string' ? answer : null;
    },
    broker: {
      start: (generation) =>
        new Promise((resolve) => {
          starts.set(generation, resolve);
          parent.postMessage({ kind: 'spawnInference', generation });
        }),
      kill: (generation) => parent.postMessage({ kind: 'killInference', generation }),
      onExit: (listener) => {
        exited = listener;
      },
    },
    attach: (created) => {
      engine = created;
      created.onEvent((event, payload, key) => {
        for (const peer of peers) peer.publish(event, payload, key);
      });
      for (const event of early.splice(0)) void handle(event, created);
      parent.postMessage({ kind: 'ready' });
    },
  };
}
