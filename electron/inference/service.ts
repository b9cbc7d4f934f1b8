// The main thread of the inference process: it only talks. One thread owns the sessions, a few do
// pixels; a cancel is a flag that the busy thread looks at between its steps.
import { availableParallelism } from 'node:os';
import { AppError, toPayload } from '../api/errors.ts';
import { asAppError } from './errors.ts';
import type {
  FromInference,
  OperationInput,
  OperationName,
  OperationOutput,
  Priority,
  StageProgress,
  ToInference,
} from '../link/protocol.ts';
import { INFERENCE_PROTOCOL } from '../link/protocol.ts';
import { sharedBounds } from './image/sharedBound.ts';
import type { StoredSalienceRun } from './runs/runFile.ts';
import type { ExplainOutput, LayerHeadMap } from './tasks.ts';
import type { SharedImage } from './image/rgbImage.ts';
import type { Thread } from './threads/thread.ts';
import { createThread, TaskError } from './threads/thread.ts';

/** The engine's end, whatever carries it. */
export interface ServiceChannel {
  post(message: FromInference): void;
  onMessage(listener: (message: ToInference) => void): void;
}

export interface ServiceOptions {
  /** Entries of the threads, for bundles that rename them. */
  readonly sessionWorker?: URL;
  readonly pixelWorker?: URL;
  /** Ends the process; after 'bye'. */
  readonly exit: (code: number) => void;
}

interface Call {
  readonly signal: AbortSignal;
  readonly priority: Priority;
  progress(progress: StageProgress): void;
}

type Handlers = {
  readonly [O in OperationName]: (
    input: OperationInput<O>,
    call: Call,
  ) => Promise<OperationOutput<O>>;
};

/** Serves the engine over a channel until 'bye'. */
export function serveInference(channel: ServiceChannel, options: ServiceOptions): void {
  let generation = 0;
  const running = new Map<number, AbortController>();
  const log = (line: string) => channel.post({ kind: 'log', generation, line });

  const session = createThread(
    options.sessionWorker ?? new URL('./session.worker.ts', import.meta.url),
    (error) => log(`the session thread ended: ${error.stack ?? error.message}`),
  );
  const pixels = createPixelThreads(
    options.pixelWorker ?? new URL('./pixel.worker.ts', import.meta.url),
    (error) => log(`a pixel thread ended: ${error.stack ?? error.message}`),
  );
  const handlers = operations(session, pixels);

  const run = async (message: Extract<ToInference, { kind: 'request' }>): Promise<void> => {
    const { id } = message;
    const controller = new AbortController();
    running.set(id, controller);
    try {
      const handler = handlers[message.operation] as (
        input: unknown,
        call: Call,
      ) => Promise<unknown>;
      const output = await handler(message.input, {
        signal: controller.signal,
        priority: message.priority,
        progress({ fallback, ...progress }) {
          if (fallback) channel.post({ kind: 'fallback', generation, fallback });
          else channel.post({ kind: 'progress', generation, id, progress });
        },
      });
      channel.post({ kind: 'result', generation, id, output });
    } catch (thrown) {
      const error = controller.signal.aborted
        ? new AppError('CANCELLED', 'Cancelled.')
        : asAppError(thrown);
      const stack =
        error instanceof TaskError
          ? error.remoteStack
          : error instanceof Error
            ? (error.stack ?? error.message)
            : String(error);
      channel.post({ kind: 'error', generation, id, error: toPayload(error), stack });
    } finally {
      running.delete(id);
    }
  };

  channel.onMessage((message) => {
    switch (message.kind) {
      case 'start':
        generation = message.generation;
        return channel.post({ kind: 'hello', generation, protocol: INFERENCE_PROTOCOL });
      case 'ping':
        return channel.post({ kind: 'pong', generation, id: message.id });
      case 'cancel':
        return running.get(message.id)?.abort(new AppError('CANCELLED', 'Cancelled.'));
      case 'bye':
        return options.exit(0);
      case 'request':
        return void run(message);
    }
  });
}

interface PixelThreads {
  /** The thread that last worked on this image when it is free, else the freest. */
  for(path: string): Thread;
}

function createPixelThreads(url: URL, onDeath: (error: Error) => void): PixelThreads {
  const count = Math.max(2, Math.min(4, availableParallelism() - 1));
  const threads = sharedBounds(count).map((bound) => createThread(url, onDeath, bound));
  const last = new Map<string, Thread>();
  return {
    for(path) {
      const known = last.get(path);
      const freest = threads.reduce((best, one) => (one.load() < best.load() ? one : best));
      // Its caches are worth a short wait.
      const chosen = known && known.load() <= freest.load() + 1 ? known : freest;
      last.delete(path);
      last.set(path, chosen);
      if (last.size > 64) last.delete(last.keys().next().value!);
      return chosen;
    },
  };
}

function operations(session: Thread, pixels: PixelThreads): Handlers {
  const onPixels = (path: string, task: string, input: unknown, call: Call, feeds = false) =>
    pixels.for(path).run(task, input, { ...forwarded(call), feeds });
  const onSession = (task: string, input: unknown, call: Call) =>
    session.run(task, input, forwarded(call));
  const decoded = (path: string, call: Call): Promise<SharedImage> => {
    call.progress({ stage: 'Read image', done: 0, total: 1 });
    return onPixels(path, 'decode', { path }, call, true) as Promise<SharedImage>;
  };
  const plain =
    <O extends OperationName>(task: string) =>
    (input: OperationInput<O> & { path: string }, call: Call) =>
      onPixels(input.path, task, input, call) as Promise<OperationOutput<O>>;

  return {
    'image.probe': (input, call) =>
      onPixels(input.path, 'probe', input, call, true) as Promise<OperationOutput<'image.probe'>>,
    'image.scaled': plain<'image.scaled'>('scaled'),
    'image.tile': plain<'image.tile'>('tile'),
    'image.reduce': plain<'image.reduce'>('reduce'),
    'image.crop': plain<'image.crop'>('crop'),
    'image.wand': plain<'image.wand'>('wand'),
    'pack.load': (input, call) =>
      onSession('load', input, call) as Promise<OperationOutput<'pack.load'>>,

    async 'prelabel.run'({ imagePath, pack, classes, params, options, runFile }, call) {
      const image = await decoded(imagePath, call);
      const explained = (await onSession(
        'explain',
        { pack, image, classes, params },
        call,
      )) as ExplainOutput;
      return (await onPixels(
        imagePath,
        'finish',
        { path: imagePath, explained, runFile, options },
        call,
      )) as OperationOutput<'prelabel.run'>;
    },

    'prelabel.reapply': (input, call) =>
      onPixels(input.imagePath, 'reapply', input, call) as Promise<
        OperationOutput<'prelabel.reapply'>
      >,

    async 'prelabel.maps'(input, call) {
      const wanted = input.requests.filter((request) => request.kind === 'layerHead');
      let layerHeads: LayerHeadMap[] = [];
      if (wanted.length > 0) {
        if (!input.pack)
          throw new AppError('PACK_UNKNOWN', 'Maps of other layers and heads need the model.');
        const { run } = (await onPixels(
          input.imagePath,
          'run',
          { runFile: input.runFile },
          call,
        )) as StoredSalienceRun;
        const image = await decoded(input.imagePath, call);
        layerHeads = (await onSession(
          'layerHeads',
          { pack: input.pack, image, run, requests: wanted },
          call,
        )) as LayerHeadMap[];
      }
      return (await onPixels(
        input.imagePath,
        'maps',
        { ...input, layerHeads },
        call,
      )) as OperationOutput<'prelabel.maps'>;
    },

    async 'prelabel.suggest'({ imagePath, pack, classes, params }, call) {
      const image = await decoded(imagePath, call);
      return (await onSession(
        'suggest',
        { pack, image, classes, params },
        call,
      )) as OperationOutput<'prelabel.suggest'>;
    },

    async 'tune.score'({ imagePath, ...input }, call) {
      const image = await decoded(imagePath, call);
      return (await onSession(
        'tuneScore',
        { ...input, image },
        call,
      )) as OperationOutput<'tune.score'>;
    },
    'tune.end': (input, call) =>
      onSession('tuneEnd', input, call) as Promise<OperationOutput<'tune.end'>>,

    'device.measure': (input, call) =>
      onSession('device', input, call) as Promise<OperationOutput<'device.measure'>>,

    async 'precision.measure'({ scenes, ...input }, call) {
      const decodedScenes = [];
      for (const { imagePath, names } of scenes)
        decodedScenes.push({ image: await decoded(imagePath, call), names });
      return (await onSession(
        'precision',
        { ...input, scenes: decodedScenes },
        call,
      )) as OperationOutput<'precision.measure'>;
    },
  };
}

function forwarded(call: Call) {
  return {
    signal: call.signal,
    priority: call.priority,
    onProgress: (progress: unknown) => call.progress(progress as StageProgress),
  };
}
