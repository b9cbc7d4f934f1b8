// Spawns the engine and, when the engine asks, inference generations; brokers the ports between them.
// The engine cannot fork by itself, and an inference process may be killed at any time.
import type { MessageChannelMain as Channel, MessagePortMain, UtilityProcess } from 'electron';
import type {
  BrokeredMedia,
  EngineStart,
  FromEngine,
  SecretRequest,
  ToEngine,
} from '../api/wire/brokering.ts';
import type { Handle } from '../api/types.ts';

/** Electron's part, handed in so that tests can play it. */
export interface ProcessHost {
  /** `role` decides what of our environment the process gets. */
  fork(entry: string, serviceName: string, role: 'engine' | 'inference'): UtilityProcess;
  channel(): Channel;
}

export interface ProcessOptions {
  readonly host: ProcessHost;
  readonly engineEntry: string;
  readonly inferenceEntry: string;
  readonly start: EngineStart;
  /** Answers the engine's questions to the system's secret store. */
  readonly secret: (request: SecretRequest) => Promise<string | boolean | null>;
  /** The system's proxy for an address, or null. */
  readonly proxyFor: (url: string) => Promise<string | null>;
  readonly showFile: (path: string) => void;
  readonly openPage: (path: string) => void;
  readonly log: (line: string) => void;
  /** The engine ended although nobody asked it to. */
  readonly onEngineLost: (reason: string) => void;
}

export interface Processes {
  /** A port that speaks frames with the engine, to be given to a window. */
  connectWindow(): MessagePortMain;
  handleFor(path: string): Promise<Handle>;
  /** Null when there is no such picture, or nobody waits for it any more. */
  media(path: string, signal: AbortSignal): Promise<BrokeredMedia>;
  /** Lets the engine finish its writes, then ends both; never longer than the budget. */
  stop(budgetMs: number): Promise<void>;
}

export function startProcesses(options: ProcessOptions): Processes {
  const { host, log } = options;
  const engine = host.fork(options.engineEntry, 'Salience engine', 'engine');
  const waiting = new Map<number, (message: FromEngine) => void>();
  let inference: { generation: number; process: UtilityProcess } | null = null;
  let nextId = 1;
  let stopping = false;
  let engineGone = false;
  let stopped: () => void = () => {};

  const tell = (message: ToEngine, ports: MessagePortMain[] = []) =>
    engine.postMessage(message, ports);

  const spawnInference = (generation: number) => {
    const child = host.fork(
      options.inferenceEntry,
      `Salience inference ${generation}`,
      'inference',
    );
    inference = { generation, process: child };
    const { port1, port2 } = host.channel();
    child.postMessage({ kind: 'serve', generation }, [port1]);
    // `exit` is the only truth about the end of a process.
    child.once('exit', (code) => {
      if (inference?.generation === generation) inference = null;
      // Also while stopping: the engine closes when its model process has.
      if (!engineGone) tell({ kind: 'inferenceExited', generation, reason: `exit code ${code}` });
    });
    pipeLines(child, (line) => log(`inference ${generation}: ${line}`));
    tell({ kind: 'inference', generation }, [port2]);
  };

  const killInference = (generation: number) => {
    if (inference?.generation !== generation) return;
    const { process: child } = inference;
    // Before `spawn` there is no pid to kill.
    if (child.pid === undefined) child.once('spawn', () => child.kill());
    else child.kill();
  };

  engine.on('message', (message: FromEngine) => {
    switch (message.kind) {
      case 'spawnInference':
        return spawnInference(message.generation);
      case 'killInference':
        return killInference(message.generation);
      case 'path':
      case 'media': {
        waiting.get(message.id)?.(message);
        waiting.delete(message.id);
        return;
      }
      case 'secret':
        return void options.secret(message.request).then(
          (answer) => tell({ kind: 'secret', id: message.id, answer }),
          (error: unknown) => {
            log(`secret store: ${error instanceof Error ? error.message : String(error)}`);
            tell({ kind: 'secret', id: message.id, answer: null });
          },
        );
      case 'proxy':
        return void options
          .proxyFor(message.url)
          .then((answer) => tell({ kind: 'proxy', id: message.id, answer }));
      case 'showFile':
        return options.showFile(message.path);
      case 'openPage':
        return options.openPage(message.path);
      case 'log':
        return log(`engine: ${message.line}`);
      case 'stopped':
        return stopped();
      case 'ready':
        return log('engine: ready');
    }
  });
  engine.once('exit', (code) => {
    engineGone = true;
    stopped();
    if (!stopping) options.onEngineLost(`exit code ${code}`);
  });
  pipeLines(engine, (line) => log(`engine: ${line}`));
  tell({ kind: 'start', start: options.start });

  const ask = <T extends FromEngine>(send: (id: number) => ToEngine): Promise<T> =>
    new Promise((resolve) => {
      const id = nextId++;
      waiting.set(id, resolve as (message: FromEngine) => void);
      tell(send(id));
    });

  return {
    connectWindow: () => {
      const { port1, port2 } = host.channel();
      tell({ kind: 'client' }, [port1]);
      return port2;
    },
    handleFor: async (path) =>
      (await ask<Extract<FromEngine, { kind: 'path' }>>((id) => ({ kind: 'path', id, path })))
        .handle,
    media: (path, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve(null);
        const id = nextId++;
        const gone = () => {
          waiting.delete(id);
          tell({ kind: 'mediaGone', id });
          resolve(null);
        };
        signal.addEventListener('abort', gone, { once: true });
        waiting.set(id, (message) => {
          signal.removeEventListener('abort', gone);
          resolve((message as Extract<FromEngine, { kind: 'media' }>).media);
        });
        tell({ kind: 'media', id, path });
      }),
    stop: async (budgetMs) => {
      stopping = true;
      const done = new Promise<void>((resolve) => (stopped = resolve));
      tell({ kind: 'stop' });
      const timer = setTimeout(() => stopped(), budgetMs);
      await done;
      clearTimeout(timer);
      inference?.process.kill();
      engine.kill();
    },
  };
}

function pipeLines(child: UtilityProcess, log: (line: string) => void): void {
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (data: Buffer) => {
      for (const line of data.toString().split('\n')) if (line.trim() !== '') log(line);
    });
  }
}
