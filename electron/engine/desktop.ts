// The engine's side of the window's process: windows' ports in, inference ports in, handles and media out.
import type { FromEngine, SecretRequest, ToEngine } from '../api/wire/brokering.ts';
import { serve, type ServerPeer } from '../api/wire/peer.ts';
import { openQuestions } from '../api/wire/questions.ts';
import { portTransport } from '../api/wire/transport.ts';
import type { Engine } from './engine.ts';
import type { PortBroker, PortLike } from './inferenceLink/port.ts';
import type { SecretStore } from './secrets/secretStore.ts';

/** A window's port as Electron gives it to a utility process. */
export interface WindowPort extends Omit<PortLike, 'on'> {
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
}

/** What the window's process sends, with the ports that come along. */
interface FromWindow {
  readonly data: ToEngine;
  readonly ports: readonly WindowPort[];
}

/** Electron's process.parentPort, as far as it is used. */
export interface ParentPort {
  postMessage(message: FromEngine): void;
  on(event: 'message', listener: (event: FromWindow) => void): unknown;
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

type Answer = string | boolean | null;

/** Wires the parent port; `onStart` gets the first message, `onStopped` runs after the engine has closed. */
export function desktopWiring(
  parent: ParentPort,
  on: { start(message: Extract<ToEngine, { kind: 'start' }>): void; stopped(): void },
): Desktop {
  const early: FromWindow[] = [];
  const questions = openQuestions<Answer>();
  const log = (line: string) => parent.postMessage({ kind: 'log', line });
  const peers = windowPeers(log);
  const pictures = openPictures(parent, log);
  const inference = inferencePorts(parent);
  let engine: Engine | null = null;

  const handle = async ({ data, ports }: FromWindow, current: Engine): Promise<void> => {
    const [port] = ports;
    if (data.kind === 'client' && port) peers.connect(port, current);
    else if (data.kind === 'path') {
      const { id, path } = data;
      parent.postMessage({ kind: 'path', id, handle: current.handleOf(path) });
    } else if (data.kind === 'media') await pictures.send(data, current);
    else if (data.kind === 'mediaGone') pictures.drop(data.id);
    else if (data.kind === 'stop') {
      await current.close();
      parent.postMessage({ kind: 'stopped' });
      on.stopped();
    }
  };

  parent.on('message', (event) => {
    const { data, ports } = event;
    if (data.kind === 'start') return on.start(data);
    if (data.kind === 'inference') return inference.started(data.generation, ports[0]);
    if (data.kind === 'inferenceExited') return inference.exited(data.generation, data.reason);
    if (data.kind === 'secret' || data.kind === 'proxy')
      return questions.answer(data.id, data.answer);
    if (engine) void handle(event, engine);
    else early.push(event);
  });

  const ask = (question: (id: number) => FromEngine) =>
    questions.ask((id) => parent.postMessage(question(id)));

  return {
    secrets: brokeredSecrets((request) => ask((id) => ({ kind: 'secret', id, request }))),
    showFile: (path) => parent.postMessage({ kind: 'showFile', path }),
    openPage: (path) => parent.postMessage({ kind: 'openPage', path }),
    proxyFor: async (url) => textOrNull(await ask((id) => ({ kind: 'proxy', id, url }))),
    broker: inference.broker,
    attach: (created) => {
      engine = created;
      created.onEvent(peers.publish);
      for (const event of early.splice(0)) void handle(event, created);
      parent.postMessage({ kind: 'ready' });
    },
  };
}

/** Model processes that the window's process starts for the engine, by generation. */
function inferencePorts(parent: ParentPort) {
  const starts = new Map<number, (port: PortLike) => void>();
  let exited: (generation: number, reason: string) => void = () => {};
  const broker: PortBroker = {
    start: (generation) =>
      new Promise((resolve) => {
        starts.set(generation, resolve);
        parent.postMessage({ kind: 'spawnInference', generation });
      }),
    kill: (generation) => parent.postMessage({ kind: 'killInference', generation }),
    onExit: (listener) => {
      exited = listener;
    },
  };
  return {
    broker,
    started(generation: number, port: WindowPort | undefined): void {
      if (port) starts.get(generation)?.(port as PortLike);
      starts.delete(generation);
    },
    exited: (generation: number, reason: string) => exited(generation, reason),
  };
}

/** Windows, each with a peer of its own. */
function windowPeers(log: (line: string) => void) {
  const peers = new Set<ServerPeer>();
  const publish: Parameters<Engine['onEvent']>[0] = (event, payload, key) => {
    for (const peer of peers) peer.publish(event, payload, key);
  };
  return {
    publish,
    connect(port: WindowPort, { handlers }: Engine): void {
      const transport = portTransport(port);
      port.on('message', ({ data }) => transport.receive(data));
      port.on('close', () => transport.closed('the window went away'));
      const peer = serve(transport, handlers, (error, method) =>
        log(
          `${method}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
        ),
      );
      peers.add(peer);
      peer.onClose(() => peers.delete(peer));
      port.start();
    },
  };
}

/** Pictures that a window waits for. */
function openPictures(parent: ParentPort, log: (line: string) => void) {
  const awaited = new Map<number, AbortController>();
  return {
    async send({ id, path }: Extract<ToEngine, { kind: 'media' }>, engine: Engine): Promise<void> {
      const wanted = new AbortController();
      awaited.set(id, wanted);
      const media = await engine.media(path, wanted.signal).catch((error: unknown) => {
        if (!wanted.signal.aborted) log(`media ${path}: ${String(error)}`);
        return null;
      });
      awaited.delete(id);
      if (!wanted.signal.aborted) parent.postMessage({ kind: 'media', id, media });
    },
    drop: (id: number) => awaited.get(id)?.abort(),
  };
}

function brokeredSecrets(ask: (request: SecretRequest) => Promise<Answer>): SecretStore {
  return {
    lasts: async () => (await ask({ verb: 'lasts' })) === true,
    get: async (name) => textOrNull(await ask({ verb: 'get', name })),
    set: async (name, secret) => (await ask({ verb: 'set', name, secret })) === true,
    remove: async (name) => void (await ask({ verb: 'remove', name })),
  };
}

const textOrNull = (answer: Answer): string | null => (typeof answer === 'string' ? answer : null);
