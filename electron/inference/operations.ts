// What each operation of the engine asks of the threads: one owns the sessions, a few do pixels.
import { availableParallelism } from 'node:os';
import { AppError } from '../api/errors.ts';
import type { OperationInput, OperationName, OperationOutput } from '../link/operations.ts';
import type { Priority, StageProgress } from '../link/protocol.ts';
import type { HeadMap } from './engines/explainer.ts';
import type { EdgeJob } from './pamr/edgeSessions.ts';
import { createClickService, type ClickThreads } from './segment/clickService.ts';
import { refineLook, withRefinedEdges } from './segment/refine/refineMasks.ts';
import type { PixelTasks, SessionTasks } from './tasks.ts';
import type { PixelThreads } from './threads/pixelThreads.ts';
import type { Thread } from './threads/thread.ts';

export interface Call {
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

type Pixels = Pick<Thread<PixelTasks>, 'run'>;

/** The threads, on behalf of one call. */
function callsOf(session: Thread<SessionTasks>, pixels: PixelThreads) {
  /** Short work whose answer another thread waits for. */
  const feeding = (call: Call) => ({ ...forwarded(call), feeds: true });
  /** One image that a person waits for may use every processor; images of a batch get one thread each. */
  const freeThreads = ({ priority }: Call) =>
    priority === 'batch' || session.load() > 0
      ? 1
      : Math.max(1, 1 + availableParallelism() - pixels.atWork());
  /** Pixel threads may ask the session thread for quick edges on the device of the models. */
  const asking = (call: Call) => ({
    ...forwarded(call),
    threads: () => freeThreads(call),
    onAsk: (job: unknown) => session.run('quickEdges', job as EdgeJob, feeding(call)),
  });
  const onSession = <K extends keyof SessionTasks>(
    task: K,
    input: SessionTasks[K]['input'],
    call: Call,
  ) => session.run(task, input, forwarded(call));
  const onPixels = <K extends keyof PixelTasks>(
    path: string,
    task: K,
    input: PixelTasks[K]['input'],
    call: Call,
  ) => pixels.for(path).run(task, input, asking(call));
  /** Interactive work returns to the thread that holds its image; images of a batch go to any free thread. */
  const freest = (path: string, { priority }: Call): Pixels =>
    priority === 'batch' ? pixels.any(path) : pixels.for(path);
  return {
    onSession,
    onPixels,
    asking,
    /** Work that measures time, or that closes what other tasks use. */
    alone: <K extends keyof SessionTasks>(task: K, input: SessionTasks[K]['input'], call: Call) =>
      session.run(task, input, { ...forwarded(call), alone: true }),
    freest,
    probe: (input: PixelTasks['probe']['input'], call: Call) =>
      freest(input.path, call).run('probe', input, feeding(call)),
    decoded(path: string, call: Call, thread: Pixels = pixels.for(path)) {
      call.progress({ stage: 'Read image', done: 0, total: 1 });
      return thread.run('decode', { path }, feeding(call));
    },
    /** Both kinds of threads for one image. */
    threadsFor: (path: string, call: Call): ClickThreads => ({
      session: (task, input) => onSession(task, input, call),
      pixels: (task, input) => onPixels(path, task, input, call),
    }),
  };
}

type Calls = ReturnType<typeof callsOf>;

export function operations(session: Thread<SessionTasks>, pixels: PixelThreads): Handlers {
  const calls = callsOf(session, pixels);
  return {
    ...imageOperations(calls),
    ...prelabelOperations(calls),
    ...scoreOperations(calls),
    ...segmentOperations(calls),
    ...measureOperations(calls),
  };
}

type Group<Prefix extends string> = Pick<Handlers, Extract<OperationName, `${Prefix}.${string}`>>;

function imageOperations({ onPixels, probe }: Calls): Group<'image'> {
  return {
    'image.probe': probe,
    'image.scaled': (input, call) => onPixels(input.path, 'scaled', input, call),
    'image.tile': (input, call) => onPixels(input.path, 'tile', input, call),
    'image.reduce': (input, call) => onPixels(input.path, 'reduce', input, call),
    'image.crop': (input, call) => onPixels(input.path, 'crop', input, call),
    'image.wand': (input, call) => onPixels(input.path, 'wand', input, call),
  };
}

function prelabelOperations(calls: Calls): Group<'prelabel'> {
  const { onPixels, onSession, asking, decoded, freest, threadsFor } = calls;
  return {
    async 'prelabel.run'({ imagePath, options, runFile, ...asked }, call) {
      const image = await decoded(imagePath, call, freest(imagePath, call));
      const run = await onSession('explain', { ...asked, image }, call);
      const threads = threadsFor(imagePath, call);
      const look = await refineLook(options, threads);
      const place = { path: imagePath, options };
      // Edges may be made by another thread than the one that read the image.
      const finish = { ...place, run, runFile, look, image };
      const made = await freest(imagePath, call).run('finish', finish, asking(call));
      return withRefinedEdges(made, place, look, threads);
    },

    async 'prelabel.ready'({ imagePath, ...asked }, call) {
      const image = await decoded(imagePath, call);
      return onSession('ready', { ...asked, image }, call);
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
  };
}

function scoreOperations(calls: Calls): Group<'tune' | 'learn' | 'masks'> {
  const { onPixels, onSession, decoded, alone } = calls;
  return {
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
    'tune.end': (input, call) => alone('tuneEnd', input, call),
  };
}

function segmentOperations({ onPixels, threadsFor }: Calls): Group<'segment'> {
  const clicks = createClickService();
  return {
    'segment.read': (input, call) => clicks.read(input, threadsFor(input.imagePath, call)),
    'segment.decode': (input, call) => clicks.decode(input, threadsFor(input.imagePath, call)),
    'segment.salience': (input, call) => onPixels(input.imagePath, 'clickSalience', input, call),
    'segment.mask': (input, call) => clicks.mask(input, threadsFor(input.imagePath, call)),
  };
}

function measureOperations(calls: Calls): Group<'device' | 'precision'> {
  const { decoded, alone } = calls;
  return {
    'device.measure': (input, call) => alone('device', input, call),
    async 'precision.measure'({ scenes, ...input }, call) {
      const decodedScenes = [];
      for (const { imagePath, names } of scenes)
        decodedScenes.push({ image: await decoded(imagePath, call), names });
      return alone('precision', { ...input, scenes: decodedScenes }, call);
    },
  };
}

function forwarded({ signal, priority, progress }: Call) {
  return { signal, priority, onProgress: progress };
}
