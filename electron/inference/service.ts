// The main thread of the inference process: it only talks. One thread owns the sessions, a few do
// pixels; a cancel is a flag that the busy thread looks at between its steps.
import { AppError, toPayload } from '../api/errors.ts';
import { asAppError } from './errors.ts';
import type { FromInference, Priority, StageProgress, ToInference } from '../link/protocol.ts';
import type { OperationInput, OperationName, OperationOutput } from '../link/operations.ts';
import { INFERENCE_PROTOCOL } from '../link/protocol.ts';
import { pixelThreadCount } from '../link/machine/threadCount.ts';
import type { HeadMap } from './engines/explainer.ts';
import type { EdgeJob } from './pamr/edgeSessions.ts';
import type { PixelTasks, SessionTasks } from './tasks.ts';
import { createClickService, type ClickThreads } from './segment/clickService.ts';
import { refineLook, withRefinedEdges } from './segment/refine/refineMasks.ts';
import { createPixelThreads, type PixelThreads } from './threads/pixelThreads.ts';
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
  /** Threads for pixels; as many as suit this machine. */
  readonly pixelThreads?: number;
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

  const session = createThread<SessionTasks>(
    options.sessionWorker ?? new URL('./session.worker.ts', import.meta.url),
    (error) => log(`the session thread ended: ${error.stack ?? error.message}`),
    { visitors: true },
  );
  const pixels = createPixelThreads(
    options.pixelWorker ?? new URL('./pixel.worker.ts', import.meta.url),
    options.pixelThreads ?? pixelThreadCount(),
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

function operations(session: Thread<SessionTasks>, pixels: PixelThreads): Handlers {
  const onPixels = <K extends keyof PixelTasks>(
    path: string,
    task: K,
    input: PixelTasks[K]['input'],
    call: Call,
  ) => pixels.for(path).run(task, input, { ...forwarded(call), ...asking(call) });
  const onSession = <K extends keyof SessionTasks>(
    task: K,
    input: SessionTasks[K]['input'],
    call: Call,
  ) => session.run(task, input, forwarded(call));
  // Pixels ask for quick edges on the device of the models.
  const asking = (call: Call) => ({
    onAsk: (job: unknown) => session.run('quickEdges', job as EdgeJob, feeding(call)),
  });
  // Measures time, or closes what other tasks work with.
  const alone = (call: Call) => ({ ...forwarded(call), alone: true });
  // Short work that another thread waits for.
  const feeding = (call: Call) => ({ ...forwarded(call), feeds: true });
  const decoded = (path: string, call: Call) => {
    call.progress({ stage: 'Read image', done: 0, total: 1 });
    return pixels.for(path).run('decode', { path }, feeding(call));
  };

  const clicks = createClickService();
  /** Both kinds of threads on behalf of one call about one image. */
  const threadsFor = (path: string, call: Call): ClickThreads => ({
    session: (task, input) => session.run(task, input, forwarded(call)),
    pixels: (task, input) => onPixels(path, task, input, call),
  });

  return {
    'image.probe': (input, call) => pixels.for(input.path).run('probe', input, feeding(call)),
    'image.scaled': (input, call) => onPixels(input.path, 'scaled', input, call),
    'image.tile': (input, call) => onPixels(input.path, 'tile', input, call),
    'image.reduce': (input, call) => onPixels(input.path, 'reduce', input, call),
    'image.crop': (input, call) => onPixels(input.path, 'crop', input, call),
    'image.wand': (input, call) => onPixels(input.path, 'wand', input, call),
    'pack.load': (input, call) => onSession('load', input, call),

    async 'prelabel.run'({ imagePath, options, runFile, ...asked }, call) {
      using _held = pixels.hold(imagePath);
      const image = await decoded(imagePath, call);
      const run = await onSession('explain', { ...asked, image }, call);
      const threads = threadsFor(imagePath, call);
      const look = await refineLook(options, threads);
      const place = { path: imagePath, options };
      const made = await threads.pixels('finish', { ...place, run, runFile, look });
      return withRefinedEdges(made, place, look, threads);
    },

    async 'prelabel.reapply'(input, call) {
      const { imagePath: path, options, only } = input;
      const threads = threadsFor(path, call);
      const look = await refineLook(options, threads);
      const made = await threads.pixels('reapply', { ...input, look });
      return withRefinedEdges(made, { path, options, only }, look, threads);
    },

    async 'prelabel.maps'(input, call) {
      const { imagePath, pack, runFile } = input;
      const requests = input.requests.filter((request) => request.kind === 'layerHead');
      let layerHeads: HeadMap[] = [];
      if (requests.length > 0) {
        if (!pack)
          throw new AppError('PACK_UNKNOWN', 'Maps of other layers and heads need the model.');
        const run = await onPixels(imagePath, 'run', { runFile }, call);
        const image = await decoded(imagePath, call);
        layerHeads = await onSession('layerHeads', { pack, image, run, requests }, call);
      }
      return onPixels(imagePath, 'maps', { ...input, layerHeads }, call);
    },

    async 'prelabel.patch'({ imagePath, runFile, ...asked }, call) {
      const run = await onPixels(imagePath, 'run', { runFile }, call);
      const image = await decoded(imagePath, call);
      return onSession('patch', { ...asked, run, image }, call);
    },
    'prelabel.prompt': (input, call) => onPixels(input.imagePath, 'prompt', input, call),

    async 'prelabel.suggest'({ imagePath, pack, classes, params }, call) {
      const image = await decoded(imagePath, call);
      return onSession('suggest', { pack, image, classes, params }, call);
    },

    async 'tune.score'({ imagePath, ...input }, call) {
      const image = await decoded(imagePath, call);
      return onSession('tuneScore', { ...input, image }, call);
    },
    async 'learn.pool'({ imagePath, ...input }, call) {
      const image = await decoded(imagePath, call);
      return onSession('learnPool', { ...input, image }, call);
    },
    async 'learn.score'({ imagePath, ...input }, call) {
      const image = await decoded(imagePath, call);
      return onSession('learnScore', { ...input, image }, call);
    },
    'masks.tried': (input, call) => onPixels(input.imagePath, 'tried', input, call),
    'tune.end': (input, call) => session.run('tuneEnd', input, alone(call)),

    'segment.read': (input, call) => clicks.read(input, threadsFor(input.imagePath, call)),
    'segment.decode': (input, call) => clicks.decode(input, threadsFor(input.imagePath, call)),
    'segment.salience': (input, call) => onPixels(input.imagePath, 'clickSalience', input, call),
    'segment.mask': (input, call) => clicks.mask(input, threadsFor(input.imagePath, call)),

    'device.measure': (input, call) => session.run('device', input, alone(call)),

    async 'precision.measure'({ scenes, ...input }, call) {
      const decodedScenes = [];
      for (const { imagePath, names } of scenes)
        decodedScenes.push({ image: await decoded(imagePath, call), names });
      return session.run('precision', { ...input, scenes: decodedScenes }, alone(call));
    },
  };
}

function forwarded({ signal, priority, progress }: Call) {
  return { signal, priority, onProgress: progress };
}
