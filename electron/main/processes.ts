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
import { openQuestions } from '../api/wire/questions.ts';

/** Electron's functions, passed in so that tests can replace them. */
export interface ProcessHost {
  /** `role` selects the environment variables of the process. */
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
  /** Called when the engine ended without being asked to. */
  readonly onEngineLost: (reason: string) => void;
}

export interface Processes {
  /** A port that speaks frames with the engine, to be given to a window. */
  connectWindow(): MessagePortMain;
  handleFor(path: string): Promise<Handle>;
  /** Null when there is no such picture, or the request was cancelled. */
  media(path: string, signal: AbortSignal): Promise<BrokeredMedia>;
  /** Lets the engine finish its writes, then ends both; never longer than the budget. */
  stop(budgetMs: number): Promise<void>;
}

type Tell = (message: ToEngine, ports?: MessagePortMain[]) => void;

export function startProcesses(options: ProcessOptions): Processes {
  const { host, log } = options;
  const engine = host.fork(options.engineEntry, 'Salience engine', 'engine');
  const paths = openQuestions<Handle>();
  const pictures = openQuestions<BrokeredMedia>();
  let stopping = false;
  let engineGone = false;
  let stopped: () => void = () => {};

  const tell: Tell = (message, ports = []) => engine.postMessage(message, ports);
  // Also while stopping: the engine closes when its model process has.
  const inference = inferenceProcesses(options, (message, ports) => {
    if (!engineGone) tell(message, ports);
  });

  engine.on('message', (message: FromEngine) => {
    if (message.kind === 'spawnInference') inference.spawn(message.generation);
    else if (message.kind === 'killInference') inference.kill(message.generation);
    else if (message.kind === 'path') paths.answer(message.id, message.handle);
    else if (message.kind === 'media') pictures.answer(message.id, message.media);
    else if (message.kind === 'stopped') stopped();
    else systemRequest(options, message, tell);
  });
  engine.once('exit', (code) => {
    engineGone = true;
    stopped();
    if (!stopping) options.onEngineLost(`exit code ${code}`);
  });
  pipeLines(engine, (line) => log(`engine: ${line}`));
  tell({ kind: 'start', start: options.start });

  return {
    connectWindow: () => {
      const { port1, port2 } = host.channel();
      tell({ kind: 'client' }, [port1]);
      return port2;
    },
    handleFor: (path) => paths.ask((id) => tell({ kind: 'path', id, path })),
    async media(path, signal) {
      if (signal.aborted) return null;
      let gone = () => {};
      const picture = pictures.ask((id) => {
        gone = () => {
          tell({ kind: 'mediaGone', id });
          pictures.answer(id, null);
        };
        signal.addEventListener('abort', gone, { once: true });
        tell({ kind: 'media', id, path });
      });
      return picture.finally(() => signal.removeEventListener('abort', gone));
    },
    stop: async (budgetMs) => {
      stopping = true;
      const done = new Promise<void>((resolve) => (stopped = resolve));
      tell({ kind: 'stop' });
      const timer = setTimeout(() => stopped(), budgetMs);
      await done;
      clearTimeout(timer);
      inference.end();
      engine.kill();
    },
  };
}

/** Model processes, one at a time, as the engine asks for them. */
function inferenceProcesses({ host, inferenceEntry, log }: ProcessOptions, tell: Tell) {
  let running: { generation: number; process: UtilityProcess } | null = null;
  return {
    spawn(generation: number): void {
      const child = host.fork(inferenceEntry, `Salience inference ${generation}`, 'inference');
      running = { generation, process: child };
      const { port1, port2 } = host.channel();
      child.postMessage({ kind: 'serve', generation }, [port1]);
      // `exit` is the only truth about the end of a process.
      child.once('exit', (code) => {
        if (running?.generation === generation) running = null;
        tell({ kind: 'inferenceExited', generation, reason: `exit code ${code}` });
      });
      pipeLines(child, (line) => log(`inference ${generation}: ${line}`));
      tell({ kind: 'inference', generation }, [port2]);
    },
    kill(generation: number): void {
      if (running?.generation !== generation) return;
      const { process: child } = running;
      // Before `spawn` there is no pid to kill.
      if (child.pid === undefined) child.once('spawn', () => child.kill());
      else child.kill();
    },
    end: () => running?.process.kill(),
  };
}

type SystemRequest = Extract<
  FromEngine,
  { kind: 'secret' | 'proxy' | 'showFile' | 'openPage' | 'log' | 'ready' }
>;

/** What the engine asks of the system, which it cannot reach from its own process. */
function systemRequest(options: ProcessOptions, message: SystemRequest, tell: Tell): void {
  const { log } = options;
  switch (message.kind) {
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
    case 'ready':
      return log('engine: ready');
  }
}

function pipeLines(child: UtilityProcess, log: (line: string) => void): void {
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (data: Buffer) => {
      for (const line of data.toString().split('\n')) if (line.trim() !== '') log(line);
    });
  }
}
